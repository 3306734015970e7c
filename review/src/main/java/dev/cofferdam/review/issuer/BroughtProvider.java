package dev.cofferdam.review.issuer;

import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An identity provider that a tenant has brought, whose issuer is an attack's or the laboratory's.
 *
 * @param owner of the tenant, who has signed in just now
 * @param client what the server is called there
 * @param id as the server calls it
 */
public record BroughtProvider(Browser owner, HostileIdp idp, String client, String id) {
  private static final String PROVIDERS = "/v1/identity-providers";

  /** Lets the server reach these issuers, and no other host of a tenant's, until the next stage. */
  public static void reach(Target target, HostileIdp... idps) {
    target
        .server()
        .reach(
            "cofferdam.egress.allowed-to-tenants",
            Arrays.stream(idps).map(HostileIdp::authority).collect(Collectors.joining(",")));
  }

  /** One that nobody has tried, and nobody signs in at. */
  public static BroughtProvider by(Browser owner, HostileIdp idp, String client) {
    Reply made =
        done(
            owner,
            Ask.of("POST", PROVIDERS)
                .json(
                    Map.of(
                        "alias",
                        "own-" + UUID.randomUUID(),
                        "issuer",
                        idp.issuer(),
                        "client_id",
                        client,
                        "client_secret",
                        "a secret that was agreed on",
                        "multi_factor",
                        List.of("mfa"))));
    return new BroughtProvider(owner, idp, client, made.member("id"));
  }

  /** Has the owner sign in at it once, to see that it works. */
  public BroughtProvider tried() {
    Attempt trial =
        Attempt.at(owner, idp, "/sign-in/trial/" + id, place(), nonce -> saying(Map.of(), nonce));
    if (!trial.reply().isDone()) {
      throw new IllegalStateException("a provider cannot be tried: " + trial.reply().readable());
    }
    return this;
  }

  /** Lets people sign in at it. */
  public BroughtProvider activated() {
    change("activate");
    return this;
  }

  /** Lets nobody sign in at it any more. */
  public void deactivated() {
    change("deactivate");
  }

  private void change(String how) {
    String version = owner.get(PROVIDERS + "/" + id).field("ETag").orElse("");
    done(owner, Ask.of("POST", PROVIDERS + "/" + id + "/" + how).with("If-Match", version));
  }

  private static Reply done(Browser owner, Ask ask) {
    Reply reply = owner.ask(ask);
    if (!reply.isDone()) {
      throw new IllegalStateException(ask + " met " + reply.readable());
    }
    return reply;
  }

  /** Somebody of whom the issuer says this, as far as the server lets them in. */
  public Attempt signIn(Browser browser, Map<String, ?> claims) {
    return Attempt.at(browser, idp, way(), place(), nonce -> saying(claims, nonce));
  }

  /** Begins in {@code browser}; what is to be asked for to end it. */
  public String begun(Browser browser, Map<String, ?> claims) {
    Reply begun = browser.get(way());
    if (!Attempt.isLedOn(begun)) {
      throw new IllegalStateException("nobody is led to the provider: " + begun.readable());
    }
    return Attempt.back(begun, idp, place(), nonce -> saying(claims, nonce));
  }

  private String saying(Map<String, ?> claims, String nonce) {
    Map<String, Object> all = new HashMap<>(Map.of("aud", client));
    all.putAll(claims);
    return ForgedToken.saying(idp, all, nonce);
  }

  private String way() {
    return "/sign-in/with/" + id;
  }

  private String place() {
    return "/sign-in/callback/" + id;
  }
}
