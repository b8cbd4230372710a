package acme

import dev.autoskill.telemetry.annotations.TrackedSkill

class Tools {
  @TrackedSkill('gr.search')
  String search(String query, int limit = 10, boolean exact = false) { "$query/$limit/$exact" }

  @TrackedSkill('gr.throws')
  def boom() { throw new IllegalStateException('boom') }

  @TrackedSkill('gr.closure')
  def twice(List<Integer> all) { all.collect { it * 2 } }

  @TrackedSkill('gr.static')
  static shout(text, mark = '!') { text.toUpperCase() + mark }
}

@TrackedSkill('bean')
class Bean {
  String name
  int size
  boolean done

  String describe(String end = '.') { "$name:$size:$done$end" }

  def closing() { ['a', 'b'].collect { each -> each + hidden() }.join() }

  private hidden() { 'h' }

  static of(String name) { new Bean(name: name, size: 1) }
}
