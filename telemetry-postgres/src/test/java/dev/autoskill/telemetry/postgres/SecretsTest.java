package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.sync.Store;
import dev.autoskill.telemetry.sync.SyncException;
import dev.autoskill.telemetry.sync.SyncSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.text.MessageFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The password reaches the server, and nothing else. */
class SecretsTest {

  private static final String SECRET = "open-sesame";

  @TempDir Path home;
  private Store store;
  private String address;

  @BeforeEach
  void guardADatabase() throws Exception {
    store = new Store(home);
    store.record(3, 1);
    String server = Server.shared().database();
    Path rules = Path.of(Server.rows(server, "SHOW hba_file").get(0));
    String guarded = "host all guarded all scram-sha-256\n";
    String text = Files.readString(rules);
    if (!text.startsWith(guarded)) {
      Files.writeString(rules, guarded + text);
      Server.execute(
          server,
          "SET password_encryption = 'scram-sha-256'",
          "CREATE ROLE guarded SUPERUSER LOGIN PASSWORD '" + SECRET + "'",
          "SELECT pg_reload_conf()");
    }
    address = server.replaceFirst("\\?.*", "");
    while (isOpen(address + "?user=guarded&password=x")) {
      Thread.onSpinWait(); // The server reads the rules anew in its own time.
    }
  }

  private static boolean isOpen(String address) {
    try {
      Server.execute(address);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Test
  void itMayStandInTheAddressAVariableOrTheUsersFile() throws Exception {
    assertEquals(3, store.push(address + "?user=guarded&password=" + SECRET).added());
    assertEquals(0, store.push(address.replace("//", "//guarded:" + SECRET + "@"), true).added());

    store.variables.put("AUTO_SKILL_TELEMETRY_SYNC_PASSWORD", SECRET);
    assertEquals(3, store.push(address + "?user=guarded", true).read());

    store.variables.remove("AUTO_SKILL_TELEMETRY_SYNC_PASSWORD");
    Path file = home.resolve(".claude/auto-skill/telemetry.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "sync-to=%s?user=guarded\nsync-password=%s\n".formatted(address, SECRET));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertEquals(3, store.push(null, true).read());
  }

  @Test
  void aSettingsFileThatOthersMayReadIsRefused() throws Exception {
    Path file = home.resolve(".claude/auto-skill/telemetry.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "sync-password=" + SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    SyncException thrown = assertThrows(SyncException.class, () -> store.push(address));

    assertEquals(
        "the settings file must be readable by you alone, since it says where events go: chmod 600 "
            + file,
        thrown.getMessage());
  }

  @Test
  void aMistypedSettingIsNamed() throws Exception {
    Path file = home.resolve(".claude/auto-skill/telemetry.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "sync-too=" + address);

    SyncException thrown =
        assertThrows(
            SyncException.class, () -> SyncSettings.of(Environment.of(store.variables), null));

    assertEquals("the settings file has an unknown name: sync-too", thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s?user=guarded&password=wrong-%s",
        "%s?user=nobody&password=%s",
        "%s?user=guarded&password=%s&sslmode=verify-full",
        "%s_none?user=guarded&password=%s",
        "jdbc:postgresql://guarded:%2$s@localhost:1/x",
        "jdbc:postgresql://guarded:%2$s@localhost:99999/x",
        "jdbc:postgresql://guarded:%2$s@no.such.host.invalid/x",
      })
  void itIsInNoMessageAndNoLog(String form) {
    StringWriter told = new StringWriter();
    Logger driver = Logger.getLogger("org.postgresql");
    Handler handler = handler(told);
    driver.addHandler(handler);
    driver.setLevel(Level.ALL);
    driver.setUseParentHandlers(false);
    try {
      String failing = form.formatted(address, SECRET);
      Exception thrown = assertThrows(Exception.class, () -> store.push(failing));
      thrown.printStackTrace(new PrintWriter(told, true));
      told.write(PostgresTarget.of(address + "?password=" + SECRET, SECRET).toString());
      told.write(SyncSettings.of(Environment.of(store.variables), failing).toString());
    } finally {
      driver.removeHandler(handler);
      driver.setLevel(null);
      driver.setUseParentHandlers(true);
    }
    assertFalse(told.toString().contains(SECRET), told.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:open-sesame@h/d",
        "jdbc:postgresql://u:open-sesame@h:port/d",
        "jdbc:postgresql://u@open-sesame:h/d",
        "jdbc:postgresql://u:open%-sesame@h/d",
        "jdbc:postgresql://h/d?password=open%-sesame"
      })
  void anAddressThatIsNoneIsNotRepeated(String wrong) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> PostgresTarget.of(wrong, null));

    assertTrue(thrown.getMessage().startsWith("address must be "), thrown.getMessage());
    assertFalse(thrown.getMessage().contains("sesame"), thrown.getMessage());
  }

  private static Handler handler(StringWriter told) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        told.write(
            MessageFormat.format(record.getMessage().replace("'", ""), record.getParameters()));
        if (record.getThrown() != null) {
          record.getThrown().printStackTrace(new PrintWriter(told, true));
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
