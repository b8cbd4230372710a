package skills.matrix;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;

/** A team's own annotation that stands for {@code @TrackedSkill}. */
@Retention(RetentionPolicy.RUNTIME)
@TrackedSkill(
    agent = "team",
    skippedOn = {FileNotFoundException.class, FileSystemException.class},
    partialOn = {EOFException.class, CharacterCodingException.class},
    outcomeMapper = JudgedOutcomes.class)
@interface AgentTool {}
