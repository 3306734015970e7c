package dev.cofferdam.review.issuer;

import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An issuer whose tokens a tenant lets programs exchange: an attack's or the laboratory's.
 *
 * @param owner of the tenant, who has signed in just now
 * @param audience whom its tokens must be made for
 * @param id as the server calls it
 */
public record TrustedIssuer(Browser owner, String audience, String id) {
  private static final String ISSUERS = "/v1/trusted-issuers";
  private static final String TYPES = "urn:ietf:params:oauth:token-type:";

  /** One without a rule, whose tokens are made for {@code audience}. */
  public static TrustedIssuer by(Browser owner, HostileIdp idp, String label, String audience) {
    Reply made =
        done(
            owner,
            Ask.of("POST", ISSUERS)
                .json(Map.of("label", label, "issuer", idp.issuer(), "audience", audience)));
    return new TrustedIssuer(owner, audience, made.member("id"));
  }

  /**
   * A rule by which tokens are exchanged.
   *
   * @param service as whom
   */
  public record Rule(String id, String service) {}

  /** A rule by which tokens that say this make a new service. */
  public Rule rule(String label, String role, List<String> scopes, Map<String, String> claims) {
    Reply made =
        done(
            owner,
            Ask.of("POST", ISSUERS + "/" + id + "/rules")
                .json(
                    Map.of(
                        "label",
                        label,
                        "role",
                        role,
                        "scopes",
                        scopes,
                        "conditions",
                        claims.entrySet().stream()
                            .map(
                                one ->
                                    Map.of(
                                        "claim", one.getKey(), "values", List.of(one.getValue())))
                            .collect(Collectors.toList()))));
    return new Rule(made.member("id"), made.member("service_id"));
  }

  /** Ends a rule. */
  public void end(String rule) {
    done(owner, Ask.of("DELETE", ISSUERS + "/" + id + "/rules/" + rule));
  }

  /** What a program sends that shows {@code token} and names {@code rule}. */
  public static Ask exchange(String rule, String token) {
    return Ask.of("POST", "/oauth/token")
        .form(
            Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id",
                rule,
                "subject_token",
                token,
                "subject_token_type",
                TYPES + "jwt"));
  }

  private static Reply done(Browser owner, Ask ask) {
    Reply reply = owner.ask(ask);
    if (!reply.isDone()) {
      throw new IllegalStateException(ask + " met " + reply.readable());
    }
    return reply;
  }
}
