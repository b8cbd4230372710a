package scalaskills

import dev.autoskill.telemetry.annotations.TrackedSkill
import java.util.concurrent.CompletableFuture

/** Where a skill may stand in Scala. */
class Places:
  @TrackedSkill("method") def method(text: String): String = text

  @TrackedSkill def unnamed(): String = "unnamed"

  @TrackedSkill("future") def future(result: CompletableFuture[String]): CompletableFuture[String] =
    result

  @TrackedSkill("throws") def throws(): String = throw IllegalStateException("as it should")

object Single:
  @TrackedSkill("object") def ofObject(): String = "object"

trait HasDefault:
  @TrackedSkill("trait") def ofTrait(): String = "trait"

class Implementing extends HasDefault

case class Point(x: Int):
  @TrackedSkill("case-class") def doubled(): Int = 2 * x

@main def run(): Unit =
  val places = Places()
  println(places.method("method") + places.unnamed())
  val result = CompletableFuture[String]()
  println(places.future(result) eq result)
  result.completeExceptionally(IllegalStateException("as it should"))
  try println(places.throws())
  catch case thrown: IllegalStateException => println(thrown.getMessage)
  println(Single.ofObject() + Implementing().ofTrait() + Point(2).doubled())
