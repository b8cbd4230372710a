package dev.autoskill.telemetry.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.Function;

/**
 * What SQL needs to add to a packed value where it stands. The functions exist on this library's
 * own connections only, and only in its own statements.
 */
final class RollupFunctions {

  private RollupFunctions() {}

  static void register(Connection connection) throws SQLException {
    Function.create(connection, "autoskill_java_sum", new SumOfTallies());
    Function.create(connection, "autoskill_java_sum_sessions", new SumOfSessions());
  }

  private static final class SumOfTallies extends Function {

    @Override
    protected void xFunc() throws SQLException {
      Tally sum = TallyCodec.decode(value_blob(0));
      TallyCodec.addTo(sum, value_blob(1));
      result(sum.isEmpty() ? new byte[0] : TallyCodec.encode(sum));
    }
  }

  private static final class SumOfSessions extends Function {

    @Override
    protected void xFunc() throws SQLException {
      result(SessionUses.sum(value_blob(0), value_blob(1)));
    }
  }
}
