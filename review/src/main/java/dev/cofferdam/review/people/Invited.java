package dev.cofferdam.review.people;

import dev.cofferdam.review.agent.OwnPeople;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Somebody who holds the code of an invite that is for them. */
public record Invited(Resident who, String code, UUID tenant) {

  /** Everybody whom the tenant has invited and who has not answered. */
  public static List<Invited> all(Web web, UUID tenant) {
    List<Resident> guests = web.all(tenant, Part.GUEST);
    List<String> codes = web.things(tenant).of("code").reversed();
    return IntStream.range(0, guests.size())
        .mapToObj(n -> new Invited(guests.get(n), codes.get(n), tenant))
        .toList();
  }

  public String address() {
    return OwnPeople.address(who.subject());
  }

  /** The id of the invite, as an owner reads it. */
  String invite(Browser owner) {
    Reply listed = owner.get("/v1/invites?limit=200");
    for (JsonNode item : listed.json().path("items")) {
      if (item.path("email").asString("").equals(address())) {
        return item.path("id").asString("");
      }
    }
    throw new IllegalStateException("no invite is for " + address() + ": " + listed.readable());
  }

  public Ask accepting() {
    return Ask.of("POST", "/v1/invitation/accept").json(Map.of("code", code));
  }

  Ask looking() {
    return Ask.of("POST", "/v1/invitation/open").json(Map.of("code", code));
  }

  /** How many memberships they have in that tenant. */
  String memberships() {
    return "select count(*) from identity.membership where tenant_id = '%s' and person_id = '%s'"
        .formatted(tenant, who.person());
  }
}
