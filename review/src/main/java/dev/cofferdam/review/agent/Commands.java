package dev.cofferdam.review.agent;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the laboratory can ask of the server, one at a time or many at once. */
final class Commands {
  private final Pools pools = new Pools();
  private final PortCommands ports = new PortCommands();
  private final TenantCommands tenants = new TenantCommands(pools);
  private final AuditCommands audit = new AuditCommands(pools);
  private final IssuerCommands issuers = new IssuerCommands();

  /**
   * Runs the command called {@code name}.
   *
   * @throws Exception whatever the server threw
   */
  List<@Nullable String> run(String name, List<@Nullable String> request) throws Exception {
    List<String> words = request.stream().map(String::valueOf).toList();
    return switch (name) {
      case "layers" -> new ArrayList<>(Seams.layers());
      case "stage" -> stage(words);
      case "move-clock" -> moveClock(words);
      case "stop-clock" -> stopClock(words);
      case "tokens-say" -> tokensSay(words);
      case "forget" -> forget();
      case "pool-size" -> poolSize(words);
      case "pool-wait" -> poolWait(words);
      case "credentials" -> new ArrayList<>(Captured.credentials());
      case "sql" -> sql(words);
      case "capability" -> capability(words);
      case "hand-over" -> handOver(words);
      case "start-check" -> startCheck();
      case "tenant-create" -> TenantCommands.create(words);
      case "tenant-change" -> TenantCommands.change(words);
      case "visit" -> tenants.visit(words);
      case "seal" -> KeyCommands.seal(words);
      case "open" -> KeyCommands.open(words);
      case "root-key" -> KeyCommands.rootKey(words);
      case "restore" -> restore(words);
      case "audit-head" -> audit.head(words);
      case "audit-append" -> audit.append(words);
      case "audit-export" -> audit.export(words);
      case "audit-round" -> audit.round();
      case "audit-sign" -> audit.sign(words);
      case "audit-close-window" -> AuditCommands.closeWindow();
      case "audit-personal" -> audit.personal(words);
      case "audit-personal-of" -> audit.personalOf(words);
      case "key-destroy" -> KeyCommands.destroy(words);
      case "key-turned" -> KeyCommands.turned(words);
      case "open-port" -> ports.open(words);
      case "settings" -> SettingCommands.accept(words);
      case "network" -> network(words);
      case "connections" -> new ArrayList<>(Network.connections());
      case "believe" -> issuers.believe(words);
      case "reach" -> issuers.reach(words);
      case "store" -> issuers.store(words);
      case "open-idp" -> issuers.openIdp(words);
      case "sign-off" -> SettingCommands.signOff(words);
      case "library-folder" -> SettingCommands.libraryFolder();
      case "libraries" -> SettingCommands.libraries(words);
      default -> throw new IllegalArgumentException("`" + name + "` is no command");
    };
  }

  /**
   * The database that stands in, then the layers that are out: exactly these. The clock is right
   * again, and whatever the server remembers from before is gone.
   */
  private List<@Nullable String> stage(List<String> words) {
    List<String> layers = words.subList(1, words.size());
    List<String> known = Seams.layers();
    for (String layer : layers) {
      if (!known.contains(layer)) {
        throw new IllegalArgumentException("`" + layer + "` is no layer of the agent");
      }
    }
    Switches.standIn(words.getFirst());
    Switches.take(Set.copyOf(layers));
    Switches.moveClock(Duration.ZERO);
    Switches.dictate(Map.of());
    Caches.clear();
    Hoarded.forget();
    Bare.forget();
    Linked.forget();
    AuditCommands.forget();
    ports.close();
    issuers.forget();
    Network.forget();
    pools.evict();
    return new ArrayList<>();
  }

  /**
   * The database that stands in from now on, as if it had been put in the place of the one before.
   */
  private List<@Nullable String> restore(List<String> words) {
    Switches.restore(words.getFirst());
    Caches.clear();
    AuditCommands.forget();
    pools.evict();
    return new ArrayList<>();
  }

  private static List<@Nullable String> moveClock(List<String> words) {
    Switches.moveClock(Duration.parse(words.getFirst()));
    Caches.clear();
    return new ArrayList<>();
  }

  /** When it stands, from now on. */
  private static List<@Nullable String> stopClock(List<String> words) {
    Switches.stopClock(Instant.parse(words.getFirst()));
    return new ArrayList<>();
  }

  /** A port on this machine for whatever leaves it, then names and their addresses by turns. */
  private static List<@Nullable String> network(List<String> words) {
    Network.around(Integer.parseInt(words.getFirst()), words.subList(1, words.size()));
    return new ArrayList<>();
  }

  /** Claims, each as {@code name=value}; without a value for one that is left out. */
  private static List<@Nullable String> tokensSay(List<String> words) {
    Map<String, String> claims = new HashMap<>();
    for (String word : words) {
      String[] claim = word.split("=", 2);
      claims.put(claim[0], claim[1]);
    }
    Switches.dictate(claims);
    return new ArrayList<>();
  }

  private static List<@Nullable String> forget() {
    Caches.clear();
    return new ArrayList<>();
  }

  private List<@Nullable String> poolSize(List<String> words) {
    pools.resize(words.get(0), Integer.parseInt(words.get(1)));
    return new ArrayList<>();
  }

  private List<@Nullable String> poolWait(List<String> words) {
    pools.patience(words.get(0), Long.parseLong(words.get(1)));
    return new ArrayList<>();
  }

  /** Role, scope, manner, then the statements. */
  private List<@Nullable String> sql(List<String> words) throws Exception {
    Statements statements =
        new Statements(Statements.Manner.valueOf(words.get(2)), words.subList(3, words.size()));
    return ServerScopes.in(
        ServerScopes.of(words.get(1)), () -> statements.on(pools.of(words.get(0))));
  }

  /** A capability as the server would send it for this scope now, in hex. */
  private static List<@Nullable String> capability(List<String> words) {
    String carried = ServerScopes.carried(ServerScopes.of(words.getFirst()));
    Object minting = Captured.newest(Seams.CAPABILITIES);
    byte[] capability = (byte[]) Reflected.call(minting, "capability", carried);
    return new ArrayList<>(List.of(HexFormat.of().formatHex(capability)));
  }

  /** One transaction, begun in the first scope and used in the second. */
  private List<@Nullable String> handOver(List<String> words) throws Exception {
    Object first = ServerScopes.of(words.get(1));
    Object second = ServerScopes.of(words.get(2));
    try (Connection connection = pools.of(words.get(0)).getConnection()) {
      connection.setAutoCommit(false);
      Statements begun = new Statements(Statements.Manner.THROW, List.of("select 1"));
      Statements used = new Statements(Statements.Manner.THROW, words.subList(3, words.size()));
      ServerScopes.in(first, () -> begun.over(connection));
      return ServerScopes.in(second, () -> used.over(connection));
    }
  }

  /** What the server does with its database before it serves. */
  private List<@Nullable String> startCheck() throws Exception {
    StartCheck.run(pools);
    return new ArrayList<>();
  }
}
