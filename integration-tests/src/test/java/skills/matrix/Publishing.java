package skills.matrix;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.concurrent.Flow;

/** Skills that are declared to return a publisher. */
class Publishing {

  @TrackedSkill(
      value = "publishing",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  Flow.Publisher<?> publishes(Body body) throws Throwable {
    return (Flow.Publisher<?>) body.run();
  }

  @TrackedSkill(
      value = "publishing-static",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  static Flow.Publisher<?> publishesStatically(Body body) throws Throwable {
    return (Flow.Publisher<?>) body.run();
  }

  @TrackedSkill(
      value = "publishing-private",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  private Flow.Publisher<?> publishesPrivately(Body body) throws Throwable {
    return (Flow.Publisher<?>) body.run();
  }

  @SuppressWarnings("unchecked")
  @TrackedSkill(
      value = "publishing-generic",
      skippedOn = {FileNotFoundException.class, FileSystemException.class},
      partialOn = {EOFException.class, CharacterCodingException.class},
      outcomeMapper = JudgedOutcomes.class)
  <T> Flow.Publisher<T> publishesGenerically(Body body) throws Throwable {
    return (Flow.Publisher<T>) body.run();
  }

  static Object callPrivate(Body body) throws Throwable {
    return new Publishing().publishesPrivately(body);
  }

  interface WithDefault {

    @TrackedSkill(
        value = "publishing-default",
        skippedOn = {FileNotFoundException.class, FileSystemException.class},
        partialOn = {EOFException.class, CharacterCodingException.class},
        outcomeMapper = JudgedOutcomes.class)
    default Flow.Publisher<?> publishes(Body body) throws Throwable {
      return (Flow.Publisher<?>) body.run();
    }
  }
}
