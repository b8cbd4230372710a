package kotlinskills

import dev.autoskill.telemetry.annotations.TrackedSkill

/** Where a skill may stand in Kotlin. */
class Places {
  @TrackedSkill("method")
  fun method(text: String = "default") = text

  @TrackedSkill("internal")
  internal fun isInternal() = "internal"

  @TrackedSkill fun unnamed() = "unnamed"

  companion object {
    @TrackedSkill("companion") fun ofCompanion() = "companion"

    @TrackedSkill("jvm-static") @JvmStatic fun isStatic() = "static"
  }
}

object Single {
  @TrackedSkill("object") fun ofObject() = "object"
}

data class Point(val x: Int) {
  @TrackedSkill("data-class") fun doubled() = 2 * x
}

@TrackedSkill("typed")
class Typed {
  fun ofType() = "of a type"

  private fun hidden() = "hidden"

  fun callsHidden() = hidden()
}

interface HasDefault {
  @TrackedSkill("interface-default") fun default() = "default"
}

class Implementing : HasDefault

@TrackedSkill("top-level") fun topLevel() = "top level"

@TrackedSkill("extension") fun String.shouted() = uppercase()

/** Its body is copied to where it is called, so this is no call. */
@TrackedSkill("inline")
inline fun inlined(action: () -> String) = action()
