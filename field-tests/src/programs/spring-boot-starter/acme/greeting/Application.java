package acme.greeting;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.io.*;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.*;

@SpringBootApplication
public class Application {
  public static void main(String[] args) throws IOException {
    ConfigurableApplicationContext context = SpringApplication.run(Application.class, args);
    System.out.println("port " + context.getEnvironment().getProperty("local.server.port"));
    System.in.read();
    long start = System.nanoTime();
    context.close();
    System.out.println("closed " + (System.nanoTime() - start) / 1_000_000);
    List<String> left = Thread.getAllStackTraces().keySet().stream().filter(t -> t != Thread.currentThread())
        .map(Thread::getName).filter(n -> n.startsWith("autoskill-telemetry")).sorted().collect(Collectors.toList());
    System.out.println("threads " + left);
    System.in.read();
  }
}
@RestController class Greetings {
  private final Words words;
  Greetings(Words words) { this.words = words; }
  @TrackedSkill("greet") @GetMapping("/greet") public String greet(@RequestParam("name") String name) { return words.hello() + " " + name; }
  @TrackedSkill("fail") @GetMapping("/fail") public String fail() { throw new IllegalStateException("on purpose"); }
}
@Component class Words {
  @PostConstruct @TrackedSkill("load-words") public void load() { }
  @PreDestroy @TrackedSkill("save-words") public void save() { }
  @TrackedSkill("hello") public String hello() { return "Hello"; }
}
