package dev.cofferdam.review.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the laboratory can ask of the server, one at a time or many at once. */
final class Commands {
  private final Pools pools = new Pools();

  /**
   * Runs the command called {@code name}.
   *
   * @throws Exception whatever the server threw
   */
  List<@Nullable String> run(String name, List<@Nullable String> request) throws Exception {
    List<String> words = request.stream().map(String::valueOf).toList();
    return switch (name) {
      case "layers" -> new ArrayList<>(Seams.layers());
      case "take-out" -> takeOut(words);
      case "move-clock" -> moveClock(words);
      case "stand-in" -> standIn(words);
      case "pool-size" -> poolSize(words);
      case "credentials" -> new ArrayList<>(Captured.credentials());
      case "sql" -> sql(words);
      default -> throw new IllegalArgumentException("`" + name + "` is no command");
    };
  }

  /** Takes exactly these layers out and puts all others back in. */
  private List<@Nullable String> takeOut(List<String> layers) {
    List<String> known = Seams.layers();
    for (String layer : layers) {
      if (!known.contains(layer)) {
        throw new IllegalArgumentException("`" + layer + "` is no layer of the agent");
      }
    }
    Switches.take(Set.copyOf(layers));
    Caches.clear();
    pools.evict();
    return new ArrayList<>();
  }

  private static List<@Nullable String> moveClock(List<String> words) {
    Switches.moveClock(Duration.parse(words.getFirst()));
    Caches.clear();
    return new ArrayList<>();
  }

  private List<@Nullable String> standIn(List<String> words) {
    Switches.standIn(words.getFirst());
    Caches.clear();
    pools.evict();
    return new ArrayList<>();
  }

  private List<@Nullable String> poolSize(List<String> words) {
    pools.resize(words.get(0), Integer.parseInt(words.get(1)));
    return new ArrayList<>();
  }

  /** Role, scope, manner, then the statements. */
  private List<@Nullable String> sql(List<String> words) throws Exception {
    Statements statements =
        new Statements(Statements.Manner.valueOf(words.get(2)), words.subList(3, words.size()));
    return ServerScopes.in(
        ServerScopes.of(words.get(1)), () -> statements.on(pools.of(words.get(0))));
  }
}
