package dev.cofferdam.bench;

import dev.cofferdam.review.web.Browser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * From a request for a tenant to its first answer, beside ten thousand others: one request that
 * makes it, one that chooses it, one that reads it. Once with rows in the shared tables, once with
 * a schema of its own, by two servers on one database.
 */
final class SignUps implements AutoCloseable {
  static final String TITLE = "sign-up";

  private static final int TENANTS = 10_000;
  private static final int CALLERS = 4;
  private static final int AT_ONCE = 8;
  private static final int STEP = 1_000;
  private static final int MANY_PEOPLE = 4_000;
  private static final int FEW_PEOPLE = 200;

  private static final Map<String, Object> SETTINGS = settings();

  private final AtomicInteger number = new AtomicInteger();
  private final People shared;
  private final People schema;

  /** Both servers stand on one database. */
  SignUps(House shared, House schema) {
    this.shared = new People(shared, MANY_PEOPLE);
    this.schema = new People(schema, FEW_PEOPLE);
  }

  /** Who comes to sign up, each for one tenant and by a connection of their own. */
  private static final class People implements AutoCloseable {
    private final House house;
    private final Queue<Browser> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param count how many have signed in beforehand; who comes later does so while it is measured
     */
    People(House house, int count) {
      this.house = house;
      for (int person = 0; person < count; person++) {
        waiting.add(Guests.somebody(house));
      }
    }

    void found(String slug) {
      Browser next = waiting.poll();
      try (Browser person = next == null ? Guests.somebody(house) : next) {
        Guests.found(person, slug);
      }
    }

    @Override
    public void close() {
      waiting.forEach(Browser::close);
    }
  }

  /**
   * What a server is set to for this.
   *
   * @param placement of those who sign up: {@code shared} or {@code schema}
   */
  static Map<String, Object> settings(String placement) {
    Map<String, Object> settings = new HashMap<>(SETTINGS);
    settings.put("cofferdam.identity.new-tenants", placement);
    return settings;
  }

  private static Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(Requests.LIMITS);
    for (String limit : List.of("sign-up", "session", "read")) {
      String quota = "cofferdam.limits.overrides." + limit;
      settings.put(quota + ".principal", "10000000 per 1m burst 1000000");
      settings.put(quota + ".tenant", "20000000 per 1m burst 2000000");
    }
    settings.put("cofferdam.limits.overrides.sign-up.address", "10000000 per 1m burst 1000000");
    return settings;
  }

  /**
   * Makes those who are there already, which takes some minutes: by the same way, so that each has
   * its people, keys and log, and the server has long been running when it is measured.
   */
  static void fill(House house, Consumer<String> progress) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int made = 0; made < TENANTS; made += STEP) {
        progress.accept("%,d of %,d tenants".formatted(made, TENANTS));
        List<Future<?>> running = new ArrayList<>();
        for (int number = made; number < made + STEP; number++) {
          String slug = "before-" + number;
          running.add(threads.submit(() -> signUp(house, slug)));
        }
        for (Future<?> one : running) {
          one.get();
        }
      }
    }
  }

  private static void signUp(House house, String slug) {
    try (Browser person = Guests.somebody(house)) {
      Guests.found(person, slug);
    }
  }

  Contest contest() {
    return new Contest(
        TITLE,
        1,
        List.of(
            new Contender("shared", item -> shared.found(slug())),
            new Contender("schema", item -> schema.found(slug()))),
        List.of(
            Bar.p99(
                "p99 from sign-up to a usable tenant beside 10,000: shared, ms", "shared", 100, 30),
            Bar.p99("the same with a schema of its own, ms", "schema", 2_000, 1_000)),
        Callers.of(CALLERS));
  }

  private String slug() {
    return "bench-" + number.incrementAndGet();
  }

  @Override
  public void close() {
    shared.close();
    schema.close();
  }
}
