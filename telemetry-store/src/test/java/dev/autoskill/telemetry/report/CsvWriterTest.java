package dev.autoskill.telemetry.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvWriterTest {

  @Test
  void quotesLineBreaksCommasAndQuotationMarks() throws IOException {
    StringBuilder out = new StringBuilder();
    CsvWriter csv = new CsvWriter(out, List.of("a", "b", "c", "d"));

    csv.row(Arrays.asList("x\ny", "x\ry", "1,5", "say \"hi\""));
    csv.row(Arrays.asList(null, "", 7L, List.of("p q", "r")));
    csv.end();

    assertEquals(
        "a,b,c,d\r\n\"x\ny\",\"x\ry\",\"1,5\",\"say \"\"hi\"\"\"\r\n,,7,p q r\r\n", out.toString());
  }
}
