package dev.cofferdam.review.secrets;

import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.Map;
import java.util.UUID;

/** A secret of the laboratory, whose value is the canary of its tenant. */
record Secret(UUID tenant, UUID project, SecretName name) {

  /** The first of a tenant. */
  static Secret firstOf(Web web, UUID tenant) {
    return numbered(web, tenant, 0);
  }

  /** One of a tenant that is not the first. */
  static Secret secondOf(Web web, UUID tenant) {
    return numbered(web, tenant, 1);
  }

  /** One that no attack changes. */
  static Secret lastOf(Web web, UUID tenant) {
    return numbered(web, tenant, 2);
  }

  private static Secret numbered(Web web, UUID tenant, int number) {
    Things things = web.things(tenant);
    return new Secret(
        tenant,
        UUID.fromString(things.first("project")),
        new SecretName(things.of("secret").get(number)));
  }

  /** How a node asks for it. */
  Ask read() {
    return Ask.get("/v1/secrets/" + project + "/" + name);
  }

  /** Lets a node read everything in its project. */
  void grantTo(Web web, Workload node) {
    Reply given =
        web.as(tenant, Part.OWNER)
            .ask(
                Ask.of("PUT", "/v1/projects/" + project + "/grants/node/" + node.id())
                    .json(Map.of("relation", "reader")));
    if (!given.isDone()) {
      throw new IllegalStateException("nothing can be granted: " + given.readable());
    }
  }

  /** A new one beside {@code other}, with its name as its value. */
  static Secret made(Web web, Secret other, String name) {
    Reply made =
        web.as(other.tenant, Part.OWNER)
            .ask(
                Ask.of("POST", "/v1/projects/" + other.project + "/secrets")
                    .json(Map.of("name", name)));
    if (!made.isDone()) {
      throw new IllegalStateException("no secret can be made: " + made.readable());
    }
    Secret secret = new Secret(other.tenant, other.project, new SecretName(name));
    secret.put(web, name);
    return secret;
  }

  /** Puts its next value. */
  void put(Web web, String value) {
    String path = "/v1/projects/" + project + "/secrets/" + name;
    var owner = web.as(tenant, Part.OWNER);
    String tag = owner.ask(Ask.get(path)).field("ETag").orElseThrow();
    Reply put =
        owner.ask(
            Ask.of("PUT", path + "/value")
                .with("If-Match", tag)
                .text("application/octet-stream", value));
    if (!put.isDone()) {
      throw new IllegalStateException("no value can be put: " + put.readable());
    }
  }
}
