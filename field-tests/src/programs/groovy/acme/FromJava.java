package acme;

class FromJava {
  public static void main(String[] arguments) {
    Run.main(arguments);
    Bean bean = new Bean();
    bean.setName("j");
    System.out.println(new Tools().search("j") + Tools.shout("j") + bean.getName() + bean.isDone() + bean.describe());
  }
}
