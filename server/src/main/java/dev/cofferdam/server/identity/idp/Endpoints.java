package dev.cofferdam.server.identity.idp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** What the development IdP answers: discovery, keys, authorization, token, end of session. */
final class Endpoints implements HttpHandler {
  private static final String SIGNED_OUT = "/signed-out";

  private final String issuer;
  private final Set<String> hosts;
  private final Callback callback;
  private final boolean anybody;
  private final Codes codes;
  private final SignedTokens tokens;

  /**
   * @param anybody whether people sign in who are not on the page
   */
  Endpoints(String issuer, int port, Callback callback, boolean anybody, Clock clock) {
    this.issuer = issuer;
    this.hosts = Set.of(URI.create(issuer).getRawAuthority(), "localhost:" + port);
    this.callback = callback;
    this.anybody = anybody;
    this.codes = new Codes(clock);
    this.tokens = new SignedTokens(issuer, clock);
  }

  @Override
  public void handle(HttpExchange raw) throws IOException {
    try (raw) {
      Exchange exchange = new Exchange(raw);
      try {
        // INVARIANT: a page of another site, whose name was made to lead here, gets nothing.
        if (isForUs(exchange.host())) {
          answer(exchange);
        } else {
          exchange.page(421, Pages.says("Not here", "This is not the host that you asked for."));
        }
      } catch (Exchange.MalformedException e) {
        exchange.page(400, Pages.says("Malformed", "The request cannot be read."));
      }
    }
  }

  private boolean isForUs(String host) {
    return hosts.contains(host);
  }

  private void answer(Exchange exchange) throws IOException {
    switch (exchange.route()) {
      case "GET /.well-known/openid-configuration" -> exchange.json(200, metadata());
      case "GET /jwks" -> exchange.json(200, tokens.keySet());
      case "GET /style.css" -> exchange.style(Pages.STYLE);
      case "GET /authorize" -> choose(exchange, exchange.query());
      case "POST /authorize" -> chosen(exchange, exchange.form());
      case "POST /token" -> token(exchange, exchange.form());
      case "GET /end_session" -> endSession(exchange, exchange.query());
      case "GET /" ->
          exchange.page(
              200, Pages.says("Nothing to do here", "You are sent here when you sign in."));
      default -> exchange.page(404, Pages.says("Not found", "There is no such page."));
    }
  }

  private String metadata() {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.ofEntries(
                Map.entry("issuer", issuer),
                Map.entry("authorization_endpoint", issuer + "/authorize"),
                Map.entry("token_endpoint", issuer + "/token"),
                Map.entry("jwks_uri", issuer + "/jwks"),
                Map.entry("end_session_endpoint", issuer + "/end_session"),
                Map.entry("response_types_supported", List.of("code")),
                Map.entry("subject_types_supported", List.of("public")),
                Map.entry("scopes_supported", List.of("openid", "profile", "email")),
                Map.entry("id_token_signing_alg_values_supported", List.of("ES256")),
                Map.entry("token_endpoint_auth_methods_supported", List.of("none")),
                Map.entry("code_challenge_methods_supported", List.of("S256")),
                Map.entry(
                    "acr_values_supported",
                    List.of(DemoAssurance.values()).stream().map(DemoAssurance::acr).toList()),
                Map.entry("authorization_response_iss_parameter_supported", true)));
  }

  private void choose(Exchange exchange, Map<String, List<String>> parameters) throws IOException {
    switch (AuthorizationRequest.of(parameters, callback)) {
      case AuthorizationRequest.Read.Good(AuthorizationRequest request) ->
          exchange.page(200, Pages.choose(request, parameters), request.redirect());
      case AuthorizationRequest.Read.Bad(URI redirect, String state, String error) ->
          exchange.redirect(back(redirect, state, "error", error));
      case AuthorizationRequest.Read.Foreign foreign -> foreign(exchange);
    }
  }

  /**
   * RP-Initiated Logout 1.0. Nobody stays signed in here; so there is nothing to ask, or to end.
   */
  private void endSession(Exchange exchange, Map<String, List<String>> parameters)
      throws IOException {
    Optional<URI> back =
        AuthorizationRequest.CLIENT.equals(one(parameters, "client_id"))
            ? callback.at(SIGNED_OUT).of(one(parameters, "post_logout_redirect_uri"))
            : Optional.empty();
    if (back.isEmpty()) {
      exchange.page(200, Pages.says("Signed out", "Nobody stays signed in here."));
      return;
    }
    exchange.redirect(
        UriComponentsBuilder.fromUri(back.get())
            .queryParam("state", "{state}")
            .encode()
            .buildAndExpand(one(parameters, "state"))
            .toUri());
  }

  private static void foreign(Exchange exchange) throws IOException {
    exchange.page(
        400,
        Pages.says(
            "Not for you",
            "This identity provider signs in at the server that it came with, and nowhere else."));
  }

  private void chosen(Exchange exchange, Map<String, List<String>> form) throws IOException {
    if (!exchange.fromOwnPage(hosts)) {
      exchange.page(403, Pages.says("Not from here", "Choose on the page of this site."));
      return;
    }
    switch (AuthorizationRequest.of(form, callback)) {
      case AuthorizationRequest.Read.Good(AuthorizationRequest request) -> {
        Optional<DemoPerson> person = person(one(form, "person"));
        Optional<DemoAssurance> assurance = DemoAssurance.of(one(form, "assurance"));
        exchange.redirect(
            person.isEmpty() || assurance.isEmpty()
                ? back(request.redirect(), request.state(), "error", "access_denied")
                : back(
                    request.redirect(),
                    request.state(),
                    "code",
                    codes.give(request, person.get(), assurance.get())));
      }
      case AuthorizationRequest.Read.Bad(URI redirect, String state, String error) ->
          exchange.redirect(back(redirect, state, "error", error));
      case AuthorizationRequest.Read.Foreign foreign -> foreign(exchange);
    }
  }

  private Optional<DemoPerson> person(String subject) {
    Optional<DemoPerson> known = DemoPerson.of(subject);
    return known.isEmpty() && anybody ? DemoPerson.anybody(subject) : known;
  }

  private URI back(URI redirect, String state, String name, String value) {
    return UriComponentsBuilder.fromUri(redirect)
        .queryParam(name, "{value}")
        .queryParam("state", "{state}")
        .queryParam("iss", "{issuer}")
        .encode()
        .buildAndExpand(value, state, issuer)
        .toUri();
  }

  private void token(Exchange exchange, Map<String, List<String>> form) throws IOException {
    Optional<Codes.Grant> grant =
        "authorization_code".equals(one(form, "grant_type"))
                && AuthorizationRequest.CLIENT.equals(one(form, "client_id"))
            ? codes.redeem(one(form, "code"), one(form, "redirect_uri"), one(form, "code_verifier"))
            : Optional.empty();
    if (grant.isEmpty()) {
      exchange.json(400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    // Good for nothing: what it says of a person stands in the id token.
    String accessToken = Codes.base64(Codes.sha256(one(form, "code")));
    exchange.json(
        200,
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "access_token",
                    accessToken,
                    "token_type",
                    "Bearer",
                    "expires_in",
                    60,
                    "id_token",
                    tokens.idToken(grant.get(), accessToken))));
  }

  private static String one(Map<String, List<String>> form, String name) {
    List<String> values = form.getOrDefault(name, List.of());
    return values.size() == 1 ? values.getFirst() : "";
  }
}
