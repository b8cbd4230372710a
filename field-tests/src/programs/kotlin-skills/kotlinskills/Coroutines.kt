package kotlinskills

import dev.autoskill.telemetry.annotations.TrackedSkill
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow

/** Skills whose results are yet to come. Each returns what it is given. */
class Coroutines {
  @TrackedSkill("deferred") fun deferred(result: Deferred<String>) = result

  @TrackedSkill("deferred-never") fun neverDeferred(result: Deferred<String>) = result

  @TrackedSkill("deferred-slow") fun slow(result: Deferred<String>) = result

  @TrackedSkill("flow") fun flow(result: Flow<String>): Flow<String> = result

  @TrackedSkill("flow-never") fun neverCollected(result: Flow<String>): Flow<String> = result

  @TrackedSkill("flow-twice") fun collectedTwice(result: Flow<String>): Flow<String> = result

  @TrackedSkill("state-flow") fun state(result: StateFlow<String>) = result

  @TrackedSkill("suspending")
  suspend fun suspending(): String {
    delay(1)
    return "suspended"
  }
}
