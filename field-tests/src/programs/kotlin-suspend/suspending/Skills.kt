package suspending

import dev.autoskill.telemetry.annotations.CurrentSkill
import dev.autoskill.telemetry.annotations.TrackedSkill
import kotlin.concurrent.thread
import kotlin.coroutines.cancellation.CancellationException
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlin.coroutines.resume
import kotlin.coroutines.suspendCoroutine
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield

@JvmInline value class Id(val text: String)

/** Suspend functions, by what the compiler and the library make of them. */
class Skills {
  @TrackedSkill("never-suspended") suspend fun neverSuspended(x: Int) = x

  @TrackedSkill("several-times")
  suspend fun severalTimes(x: Int): Int {
    delay(20)
    yield()
    delay(20)
    return x
  }

  /** No state machine: the continuation is passed on, and the caller goes on in its own thread. */
  @TrackedSkill("tail-call") suspend fun tailCall() = delay(20)

  @TrackedSkill("fails-at-once") suspend fun failsAtOnce(): Int = error("at once")

  @TrackedSkill("fails-later")
  suspend fun failsLater(): Int {
    delay(1)
    error("later")
  }

  @TrackedSkill("cancelled")
  suspend fun cancelled() {
    yield()
    awaitCancellation()
  }

  @TrackedSkill("cleans-up")
  suspend fun cleansUp() {
    try {
      awaitCancellation()
    } finally {
      withContext(NonCancellable) { delay(1) }
    }
  }

  @TrackedSkill("cancels")
  suspend fun cancels(): Nothing {
    yield()
    throw CancellationException("itself")
  }

  @TrackedSkill("result")
  suspend fun result(fails: Boolean): Result<Int> {
    yield()
    return if (fails) Result.failure(IllegalStateException("as a result")) else Result.success(1)
  }

  @TrackedSkill("result-at-once")
  suspend fun resultAtOnce(): Result<Int> = Result.failure(IllegalStateException("at once"))

  @TrackedSkill("recursive")
  suspend fun recursive(depth: Int): Int {
    if (depth == 0) {
      delay(1)
      return 0
    }
    yield()
    return 1 + recursive(depth - 1)
  }

  @TrackedSkill("private")
  private suspend fun hidden(): Int {
    yield()
    return 5
  }

  suspend fun callsHidden() = coroutineScope { async { hidden() }.await() }

  @TrackedSkill("default-arguments")
  suspend fun default(a: Int = 1, b: String = "b"): String {
    yield()
    return "$a$b"
  }

  @TrackedSkill("value-class")
  suspend fun value(id: Id): Id {
    yield()
    return Id(id.text + "!")
  }

  @TrackedSkill("wide-parameters")
  suspend fun wide(a: Long, b: Double, c: Byte): Double {
    yield()
    return a + b + c
  }

  @TrackedSkill("unintercepted")
  suspend fun unintercepted(): Int = suspendCoroutineUninterceptedOrReturn { caller ->
    thread(name = "another") { caller.resume(7) }
    COROUTINE_SUSPENDED
  }

  @TrackedSkill("intercepted")
  suspend fun intercepted(): Int = suspendCoroutine { caller ->
    thread(name = "another") { caller.resume(8) }
  }

  @TrackedSkill("generic-method")
  suspend fun <T> twice(start: T, step: suspend (T) -> T): T = step(step(start))

  @TrackedSkill("try-finally")
  suspend fun tries(x: Int): Int {
    for (i in 0..2) {
      try {
        delay(1)
        if (i == x) return i else continue
      } catch (e: IllegalStateException) {
        delay(1)
      } finally {
        yield()
      }
    }
    return -1
  }

  @TrackedSkill("extension")
  suspend fun String.size(): Int {
    yield()
    return length
  }

  @TrackedSkill("inlined-lock") suspend fun Mutex.locked(): Int = withLock { yield().let { 3 } }

  @TrackedSkill("other-dispatcher")
  suspend fun dispatched() = withContext(Dispatchers.Default) { "dispatched" }

  @TrackedSkill("deferred") suspend fun deferred(): Deferred<Int> = CompletableDeferred(1)

  @TrackedSkill("null") suspend fun nothing(): String? = yield().let { null }

  @TrackedSkill("marked") suspend fun marked() = CurrentSkill.partial().also { yield() }

  /** On whatever thread it goes on, no skill is running. */
  @TrackedSkill("marked-late") suspend fun markedLate() = yield().let { CurrentSkill.partial() }

  @TrackedSkill("in-parallel")
  suspend fun inParallel(x: Int): Int {
    yield()
    return x
  }
}
