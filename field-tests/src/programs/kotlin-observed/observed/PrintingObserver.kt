package observed

import dev.autoskill.telemetry.annotations.Outcome
import dev.autoskill.telemetry.event.Skill
import dev.autoskill.telemetry.listener.UseObserver

val current: ThreadLocal<String> = ThreadLocal.withInitial { "none" }

/** Makes a use current until it is left, and prints what it is told. */
class PrintingObserver : UseObserver {
  override fun began(skill: Skill, agentId: String): UseObserver.Use {
    val before = current.get()
    current.set(skill.name())
    println("${skill.name()} began in $before")
    return object : UseObserver.Use {
      override fun left() {
        current.set(before)
        println("${skill.name()} left to $before")
      }

      override fun ended(outcome: Outcome?, start: Long, end: Long, thrown: Class<*>?) {
        println("ended: ${skill.name()} $outcome by ${thrown?.simpleName}")
      }
    }
  }
}
