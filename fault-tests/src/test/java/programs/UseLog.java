package programs;

import dev.autoskill.telemetry.Telemetry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Notes in a file that is mapped into memory, and so outlives a kill, when each call was over: at
 * place <i>n</i> the time of call <i>n</i>, by the clock that all processes of a machine share.
 *
 * <p>Beside it, {@code .beat} tells what the machine allowed: every 5 ms a thread appends the time
 * to it by a plain write, which is what the library has to do as well.
 */
final class UseLog {

  private static final int WARM_UP = 50;
  private static final int MOST_USES = 1 << 18;
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private UseLog() {}

  /** Makes calls until the process ends. */
  static String start(Calls calls, String file, int perSecond) {
    try (RandomAccessFile log = new RandomAccessFile(file, "rw")) {
      LongBuffer times = log.getChannel().map(MapMode.READ_WRITE, 0, 8L * MOST_USES).asLongBuffer();
      warmUp(calls, times);
      OutputStream beats = Files.newOutputStream(Path.of(file + ".beat"));
      // The first before any use: if the thread comes to no other, the machine gave it no time.
      beat(beats);
      start(() -> beatOn(beats));
      start(() -> use(calls, times, perSecond));
      return "logging";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JVM that has just started loads classes, for as long as a busy machine makes of that. */
  private static void warmUp(Calls calls, LongBuffer times) {
    for (int done = 0; done < WARM_UP; done++) {
      calls.next();
      times.put(done, System.nanoTime());
    }
    while (Telemetry.collector().stats().queued() > 0) {
      Thread.onSpinWait();
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private static void use(Calls calls, LongBuffer times, int perSecond) {
    long start = System.nanoTime();
    for (int done = WARM_UP; done < MOST_USES; ) {
      long due = WARM_UP + (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
      for (; done < Math.min(due, MOST_USES); done++) {
        calls.next();
        times.put(done, System.nanoTime());
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private static void beatOn(OutputStream beats) {
    try (beats) {
      while (true) {
        LockSupport.parkNanos(BEAT_NANOS);
        beat(beats);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void beat(OutputStream beats) throws IOException {
    beats.write((System.nanoTime() + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
