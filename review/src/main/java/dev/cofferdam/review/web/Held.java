package dev.cofferdam.review.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a browser holds and nobody else may find. */
public final class Held {
  private Held() {}

  /** The owner of a tenant signs in and works, and closes the browser: what it held. */
  public static Map<String, byte[]> bySomebody(Web web, UUID tenant) {
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    try (Browser browser = web.browser(Map.of(), null)) {
      SignIn.of(browser, web.resident(tenant, Part.OWNER).subject(), Web.USUAL_ACR)
          .forEach(
              (name, value) -> {
                if (Set.of("code", "state").contains(name)) {
                  secrets.put("the " + name + " of the sign-in", value.getBytes(UTF_8));
                }
              });
      Reply workspace =
          browser.ask(
              Ask.of("PUT", "/v1/session/workspace").json(Map.of("tenant_id", tenant.toString())));
      Reply group =
          browser.ask(
              Ask.of("POST", "/v1/groups")
                  .json(Map.of("name", "group-" + UUID.randomUUID()))
                  .with("Idempotency-Key", UUID.randomUUID().toString()));
      if (!workspace.isDone() || !group.isDone()) {
        throw new IllegalStateException("nobody can work: " + workspace + ", " + group);
      }
      browser
          .cookies()
          .forEach((name, value) -> secrets.put("the cookie " + name, value.getBytes(UTF_8)));
      secrets.put("the token against forged requests", browser.token().getBytes(UTF_8));
    }
    return secrets;
  }
}
