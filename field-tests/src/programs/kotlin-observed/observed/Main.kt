package observed

import dev.autoskill.telemetry.Telemetry
import dev.autoskill.telemetry.annotations.TrackedSkill
import java.time.Duration
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

fun main() {
  runBlocking {
    atOnce()
    outer()
    try {
      fails()
    } catch (e: IllegalStateException) {
      println("caught in ${current.get()}")
    }
    val job = launch(start = CoroutineStart.UNDISPATCHED) { cancelled() }
    println("suspended in ${current.get()}")
    job.cancelAndJoin()
    println("finally in ${current.get()}")
  }
  // Until the registered mappers are known, another thread looks for them.
  Telemetry.collector().flush(Duration.ofSeconds(30))
}

@TrackedSkill("at-once") suspend fun atOnce() = println("at-once runs in ${current.get()}")

@TrackedSkill("outer")
suspend fun outer() {
  inner()
  println("outer goes on in ${current.get()}")
  yield()
  println("outer goes on in ${current.get()}")
}

@TrackedSkill("inner")
suspend fun inner() {
  println("inner runs in ${current.get()}")
  yield()
  println("inner goes on in ${current.get()}")
}

@TrackedSkill("fails")
suspend fun fails() {
  yield()
  error("private")
}

@TrackedSkill("cancelled") suspend fun cancelled(): Unit = awaitCancellation()
