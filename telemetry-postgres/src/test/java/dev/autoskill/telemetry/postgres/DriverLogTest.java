package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

class DriverLogTest {

  private static final String WRONG = "jdbc:postgresql://localhost:99999/x";

  private final List<String> logged = new CopyOnWriteArrayList<>();

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Test
  void warningsOfTheDriverAreNotPrintedForUsButForOthers() {
    Logger driver = Logger.getLogger("org.postgresql");
    driver.addHandler(handler);
    driver.setUseParentHandlers(false);
    try {
      assertThrows(SQLException.class, () -> PostgresTarget.of(WRONG, null).connect());
      assertEquals(List.of(), logged);

      assertThrows(SQLException.class, () -> new Driver().connect(WRONG, new Properties()));
      assertEquals(1, logged.size(), logged.toString());
      assertNull(Logger.getLogger("org.postgresql.util.PGPropertyUtil").getFilter());
    } finally {
      driver.removeHandler(handler);
      driver.setUseParentHandlers(true);
    }
  }
}
