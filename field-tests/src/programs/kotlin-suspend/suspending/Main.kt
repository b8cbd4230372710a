package suspending

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.newSingleThreadContext
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield

fun main() {
  newSingleThreadContext("single").use { single ->
    runBlocking(single) {
      ends()
      threads()
      shapes()
      places()
    }
  }
}

/** Prints how a skill ended, and in which thread its caller went on. */
private suspend fun show(skill: suspend () -> Any?) {
  yield()
  val end =
    try {
      skill()
    } catch (e: Throwable) {
      e.javaClass.simpleName + ": " + e.message
    }
  println("$end " + Thread.currentThread().name.substringBefore(" @"))
}

private suspend fun ends() {
  val skills = Skills()
  show { skills.neverSuspended(1) }
  show { skills.severalTimes(2) }
  show { skills.tailCall() }
  show { skills.failsAtOnce() }
  show { skills.failsLater() }
  show {
    coroutineScope {
      val job = launch(start = CoroutineStart.UNDISPATCHED) { skills.cancelled() }
      yield()
      job.cancelAndJoin()
    }
  }
  show { withTimeoutOrNull(10) { skills.cleansUp() } }
  show { skills.cancels() }
  show { skills.result(false) }
  show { skills.result(true) }
  show { skills.resultAtOnce() }
  show { skills.deferred().await() }
  show { skills.nothing() }
  skills.marked()
  skills.markedLate()
}

private suspend fun threads() {
  val skills = Skills()
  show { skills.unintercepted() }
  show { skills.intercepted() }
  show { skills.dispatched() }
  show { with(skills) { Mutex().locked() } }
  show { parallel(skills).sum() }
}

private suspend fun parallel(skills: Skills) = coroutineScope {
  (1..20).map { async(Dispatchers.Default) { skills.inParallel(it) } }.awaitAll()
}

private suspend fun shapes() {
  val skills = Skills()
  show { skills.recursive(3) }
  // Unwoven, this takes no stack when it returns.
  show { skills.recursive(3_000) }
  show { skills.callsHidden() }
  show { skills.default() + skills.default(2) }
  show { skills.value(Id("value")).text }
  show { skills.wide(1, 2.0, 3) }
  show { skills.twice(1) { yield().let { _ -> it + 1 } } }
  show { skills.tries(1) }
  show { with(skills) { "text".size() } }
}

private suspend fun places() {
  show { Sourced().read(1) }
  show { Delegating(Sourced()).read(2) }
  show { next(OfInt(), 1) }
  show { OfInt().opened(1) }
  show { Typed().suspending() + Typed().plain() }
  show { Single.static(1) }
  show { topLevel(1) }
  show { lambda() }
  show { callsLocal() }
}

private suspend fun <T> next(generic: Generic<T>, x: T) = generic.next(x)
