package dev.cofferdam.review.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a route would do with tenants: sign up, move one on, and come in at the gate. */
final class TenantCommands {
  private static final String TENANCY = "dev.cofferdam.server.tenancy.";

  private final Pools pools;

  TenantCommands(Pools pools) {
    this.pools = pools;
  }

  /** Id, slug, name and placement; answers with the outcome in words. */
  static List<@Nullable String> create(List<String> words) {
    Object wanted =
        Reflected.callStatic(
            Reflected.type(TENANCY + "Tenants$WantedPlacement"), "valueOf", words.get(3));
    return words(
        Reflected.call(
            Captured.newest(Seams.TENANTS),
            "create",
            id(words.get(0)),
            words.get(1),
            words.get(2),
            wanted));
  }

  /** Id, then {@code suspend}, {@code resume}, {@code startDeletion} or {@code finishDeletion}. */
  static List<@Nullable String> change(List<String> words) {
    return words(Reflected.call(Captured.newest(Seams.TENANTS), words.get(1), id(words.get(0))));
  }

  /**
   * A request of a tenant: through the gate, and then statements that say {@code {schema}} in one
   * transaction. Answers with what the gate said, and with what the statements gave if it opened.
   */
  List<@Nullable String> visit(List<String> words) throws Exception {
    Object entry = Reflected.call(Captured.newest(Seams.GATE), "enter", id(words.getFirst()));
    List<@Nullable String> answer = words(entry);
    if (!entry.getClass().getSimpleName().equals("Entered")) {
      return answer;
    }
    Object scope = Reflected.call(entry, "scope");
    Object placement = Reflected.call(scope, "placement");
    String schema = Reflected.call(placement, "schemaOf", "notes").toString();
    Statements statements =
        new Statements(
            Statements.Manner.COMMIT,
            words.stream().skip(1).map(sql -> sql.replace("{schema}", schema)).toList());
    answer.addAll(ServerScopes.in(scope, () -> statements.on(pools.of("cofferdam_app"))));
    return answer;
  }

  private static List<@Nullable String> words(Object outcome) {
    List<@Nullable String> words = new ArrayList<>();
    words.add(outcome.toString());
    return words;
  }

  private static Object id(String text) {
    return Reflected.make(Reflected.type(TENANCY + "TenantId"), UUID.fromString(text));
  }
}
