package suspending

import dev.autoskill.telemetry.annotations.TrackedSkill
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

/** Where a suspend function may stand. */
interface Source {
  @TrackedSkill("interface-default")
  suspend fun read(x: Int): Int {
    delay(1)
    yield()
    return x
  }
}

class Sourced : Source

class Delegating(source: Source) : Source by source

abstract class Generic<T> {
  abstract suspend fun next(x: T): T

  @TrackedSkill("open")
  open suspend fun opened(x: T): T {
    yield()
    return x
  }
}

class OfInt : Generic<Int>() {
  @TrackedSkill("generic")
  override suspend fun next(x: Int): Int {
    yield()
    return x + 1
  }

  @TrackedSkill("overriding")
  override suspend fun opened(x: Int): Int {
    yield()
    return super.opened(x) + 1
  }
}

@TrackedSkill("typed")
open class Typed {
  open suspend fun suspending(): Int {
    yield()
    return 2
  }

  fun plain() = 1
}

object Single {
  @TrackedSkill("jvm-static")
  @JvmStatic
  suspend fun static(x: Int): Int {
    yield()
    return x
  }
}

@TrackedSkill("top-level")
suspend fun topLevel(x: Int): Int {
  yield()
  return x
}

/** It is run by one call for each time that it resumes, and is no skill. */
val lambda = @TrackedSkill("lambda") suspend { yield().let { 4 } }

fun callsLocal() = runBlocking {
  @TrackedSkill("local")
  suspend fun local(): Int {
    yield()
    return 6
  }
  local()
}
