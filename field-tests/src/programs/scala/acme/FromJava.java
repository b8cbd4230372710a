package acme;

/** Through the static forwarders. */
class FromJava {
  static String call() {
    return Tools.make("j") + Obj.one(7) + Review.apply(1, 2).files() + new Polite().greet("j");
  }
}
