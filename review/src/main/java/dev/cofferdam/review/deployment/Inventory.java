package dev.cofferdam.review.deployment;

import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.wire.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a tenant has, as its owner is shown it: a few of each kind, and nothing is made for it. */
final class Inventory {
  private static final int FEW = 3;

  /** Where things are listed, by kind. */
  private static final Map<String, String> LISTS =
      Map.ofEntries(
          Map.entry("group", "/v1/groups"),
          Map.entry("project", "/v1/projects"),
          Map.entry("person", "/v1/members"),
          Map.entry("node", "/v1/nodes"),
          Map.entry("invite", "/v1/invites"),
          Map.entry("domain", "/v1/domains"),
          Map.entry("provider", "/v1/identity-providers"),
          Map.entry("client", "/v1/clients"),
          Map.entry("service_client", "/v1/service-clients"),
          Map.entry("trusted", "/v1/trusted-issuers"),
          Map.entry("bootstrap", "/v1/bootstrap-tokens"),
          Map.entry("service_token", "/v1/service-tokens"),
          Map.entry("token", "/v1/tokens"),
          Map.entry("record", "/v1/audit/records"));

  /** What the id of a thing is called in its list. */
  private static final List<String> IDS = List.of("id", "person_id", "node_id", "record_id");

  private Inventory() {}

  /**
   * Looks.
   *
   * @param known what is known without looking
   */
  static Things of(Browser owner, Map<String, String> known) {
    Map<String, List<String>> all = new HashMap<>();
    LISTS.forEach(
        (kind, path) -> {
          Reply reply = owner.get(path);
          if (reply.isDone()) {
            all.put(kind, ids(reply.json().path("items")));
          }
        });
    known.forEach((kind, id) -> all.put(kind, List.of(id)));
    return new Things(all);
  }

  private static List<String> ids(JsonNode items) {
    return StreamSupport.stream(items.spliterator(), false)
        .map(Inventory::id)
        .filter(id -> !id.isEmpty())
        .limit(FEW)
        .toList();
  }

  private static String id(JsonNode item) {
    return IDS.stream()
        .map(name -> item.path(name).asString(""))
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElse("");
  }
}
