package acme

import dev.autoskill.telemetry.annotations.TrackedSkill

class Tools {
  @TrackedSkill("sc.default") def search(query: String, limit: Int = 10): String = s"$query/$limit"
  @TrackedSkill("sc.generic") def same[T](value: T): T = value
}

object Tools {
  @TrackedSkill("sc.companion") def make(name: String = "m"): String = name
}

@TrackedSkill("obj") object Obj {
  def one(x: Int = 1): Int = x
}

@TrackedSkill("case") case class Review(files: Int, bad: Int = 0) {
  var note: String = ""
  lazy val total: Int = files + bad
  def score(weight: Int = 2): Int = files * weight
}

trait Greeting {
  @TrackedSkill("sc.trait") def greet(name: String): String = "hi " + name
}

@TrackedSkill("greeter") trait Greeter {
  def hello(name: String = "you"): String = "hello " + name
  def mark: String
}

class Polite extends Greeting, Greeter {
  def mark: String = "."
}

class Formal extends Greeting {
  override def greet(name: String): String = super.greet("Mx " + name)
}

@TrackedSkill("shape") enum Shape(val sides: Int) {
  case Line extends Shape(1)
  case Square extends Shape(4)
  def twice: Int = sides * 2
}

object Run {
  def main(arguments: Array[String]): Unit = {
    val tools = Tools()
    println(tools.search("a") + tools.search("b", 5) + tools.same(3))
    println(Tools.make() + Tools.make("n") + Obj.one())
    val review = Review(2).copy(bad = 3)
    review.note = "n"
    val Review(files, bad) = review
    println(s"$review ${review.note} ${review.total} ${review.score()} ${review.productArity} $files $bad ${review == Review(2, 3)}")
    val polite = Polite()
    println(polite.greet("a") + polite.hello() + polite.mark + Formal().greet("b"))
    println(Shape.Square.twice + Shape.values.length + Shape.valueOf("Line").sides + Shape.Line.ordinal)
    println(FromJava.call())
  }
}
