package acme;
import static org.junit.jupiter.api.Assertions.*;
import org.junit.jupiter.api.*;
class PlainTest {
  @Test void greets() { assertEquals("hi x", new Skills().greet("x")); }
}
