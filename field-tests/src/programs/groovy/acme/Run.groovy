package acme

class Run {
  static void main(String[] arguments) {
    def tools = new Tools()
    println tools.search('a') + ' ' + tools.search('b', 5) + ' ' + tools.search('c', 5, true)
    try { tools.boom() } catch (IllegalStateException e) { println e.message }
    println tools.twice([1, 2])
    println Tools.shout('x') + Tools.shout('y', '?')
    def bean = Bean.of('n')
    bean.size = 2
    bean.done = true
    println bean.name + bean.size + bean.done + bean.describe() + bean.describe('!') + bean.closing()
    println bean.name
  }
}
