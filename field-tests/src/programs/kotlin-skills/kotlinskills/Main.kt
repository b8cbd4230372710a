package kotlinskills

import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.LockSupport
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking

private val failure = IllegalStateException("as it should")

fun main() {
  places()
  runBlocking {
    deferreds()
    flows()
    println(Coroutines().suspending())
  }
}

private fun places() {
  val places = Places()
  println(places.method() + places.method("given") + places.isInternal() + places.unnamed())
  println(Places.ofCompanion() + Places.isStatic() + Single.ofObject() + Point(2).doubled())
  println(Typed().ofType() + Typed().callsHidden() + Implementing().default())
  println(topLevel() + "extension".shouted() + inlined { "inline" })
}

private suspend fun deferreds() {
  val skills = Coroutines()
  val completed = CompletableDeferred("completed")
  println(skills.deferred(completed) === completed)
  val failing = CompletableDeferred<String>()
  skills.deferred(failing)
  failing.completeExceptionally(failure)
  println(runCatching { failing.await() }.exceptionOrNull()!!::class.java)
  val cancelled = CompletableDeferred<String>()
  skills.deferred(cancelled).cancel()
  skills.neverDeferred(CompletableDeferred())
  val slow = CompletableDeferred<String>()
  skills.slow(slow)
  pause()
  slow.complete("at last")
}

private suspend fun flows() {
  val skills = Coroutines()
  println(skills.flow(flowOf("1", "2")).toList())
  println(skills.flow(emptyFlow()).toList())
  val failing: Flow<String> = flow {
    emit("1")
    throw failure
  }
  println(runCatching { skills.flow(failing).toList() }.exceptionOrNull() === failure)
  println(skills.flow(flowOf("1", "2")).first())
  skills.neverCollected(flowOf("unseen"))
  val twice = skills.collectedTwice(flowOf("1"))
  println(twice.toList() + twice.toList())
  val state = MutableStateFlow("state")
  println(skills.state(state) === state)
}

private fun pause() {
  val end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50)
  while (System.nanoTime() < end) {
    LockSupport.parkNanos(end - System.nanoTime())
  }
}
