package dev.cofferdam.server.oauth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationRequest;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationResponse;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.Tokens;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.oauth.ForeignProgram;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * Clients that others wrote, {@code openid-client} of npm and the SDK of Nimbus, go the whole way:
 * they are told nothing of this server but its address.
 */
class ForeignClientTest {
  @RegisterExtension
  static final RunningServer SERVER = RunningServer.own("cofferdam.clients.of-nobody=any");

  private final Browser owner = Browser.ofSomebody(SERVER);

  /** The person: looks at the page, and allows it. Where the browser is sent then. */
  private String allowed(URI asked) {
    Answer page = owner.get(asked.getRawPath() + "?" + asked.getRawQuery());
    assertThat(page.status()).as(page.http().body()).isEqualTo(200);
    Map<String, String> form = AskingClient.fields(page);
    form.put("answer", "allow");
    return owner.form("/oauth/authorize", owner.token(), form).header("Location");
  }

  @Test
  void aClientThatOthersWroteGoesTheWholeWay() throws IOException, InterruptedException {
    String tenant = owner.inOwnTenant("n" + UUID.randomUUID().toString().substring(0, 13));
    AskingClient client = AskingClient.registered(SERVER, owner);
    ForeignProgram told =
        ForeignProgram.run(
            "ask",
            said -> allowed(URI.create(said.path("ask").asString())),
            "client.mjs",
            SERVER.uri("").toString(),
            client.id,
            AskingClient.REDIRECT,
            "tenant:read groups:read");
    assertThat(told.text("issuer")).isEqualTo(SERVER.uri("").toString());
    assertThat(told.text("iss")).isEqualTo("true");
    assertThat(told.text("type")).isEqualToIgnoringCase("bearer");
    assertThat(told.text("scope")).isEqualTo("groups:read tenant:read");
    assertThat(told.text("rotated")).isEqualTo("true");
    assertThat(told.text("status")).isEqualTo("200");
    assertThat(told.text("tenant")).isEqualTo(tenant);
    assertThat(told.text("mixed")).as("an answer of another server").isNotEqualTo("done");
    assertThat(told.text("renewed")).as("after it was given up").isEqualTo("invalid_grant");
  }

  @Test
  void aProgramWithoutABrowserThatOthersWroteGoesTheWholeWay()
      throws IOException, InterruptedException {
    String tenant = owner.inOwnTenant("v" + UUID.randomUUID().toString().substring(0, 13));
    ForeignProgram told =
        ForeignProgram.run(
            "type",
            this::typed,
            "device.mjs",
            SERVER.uri("").toString(),
            "cofferdam-cli",
            "tenant:read groups:read");
    assertThat(told.text("at")).isEqualTo(SERVER.uri("/device").toString());
    assertThat(told.text("bearer")).isEqualToIgnoringCase("bearer");
    assertThat(told.text("scope")).isEqualTo("groups:read tenant:read");
    assertThat(told.text("status")).isEqualTo("200");
    assertThat(told.text("tenant")).isEqualTo(tenant);
    assertThat(told.text("denied")).isEqualTo("access_denied");
    assertThat(told.text("again")).as("it was redeemed").isEqualTo("invalid_grant");
    assertThat(told.text("made")).isEqualTo("cofferdam_pat_");
    assertThat(told.text("lasts")).isEqualTo(String.valueOf(9 * 86_400));
    assertThat(told.text("details")).isEqualTo("personal_token");
    assertThat(told.text("reads")).isEqualTo("200");
  }

  /** The person: types the code, and answers as the program wants it for the test. */
  private String typed(JsonNode said) {
    Answer answer =
        owner.form(
            "/device/answer",
            owner.token(),
            Map.of("code", said.path("type").asString(), "answer", said.path("as").asString()));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(303);
    return "answered";
  }

  @Test
  void aProgramThatKnowsOneAddressRegistersItselfAndReads()
      throws IOException, InterruptedException {
    String tenant = owner.inOwnTenant("m" + UUID.randomUUID().toString().substring(0, 13));
    ForeignProgram told =
        ForeignProgram.run(
            "ask",
            said -> allowed(URI.create(said.path("ask").asString())),
            "mcp.mjs",
            SERVER.uri("/v1/tenant").toString(),
            "http://127.0.0.1:61234/done",
            "tenant:read");
    assertThat(told.text("met")).isEqualTo("401");
    assertThat(told.text("resource")).isEqualTo(SERVER.uri("/").toString());
    assertThat(told.text("same")).isEqualTo("true");
    assertThat(told.text("secret")).isEqualTo("none");
    assertThat(told.text("type")).isEqualToIgnoringCase("dpop");
    assertThat(told.text("scope")).isEqualTo("tenant:read");
    assertThat(told.text("status")).isEqualTo("200");
    assertThat(told.text("tenant")).isEqualTo(tenant);
    assertThat(told.text("bare")).as("without a proof").isEqualTo("401");
    assertThat(told.text("wider")).isEqualTo("invalid_scope");
    assertThat(told.text("unproven")).isEqualTo("invalid_grant");
    assertThat(told.text("again")).isEqualTo("200");
    assertThat(told.text("elsewhere")).isEqualTo("invalid_target");
    assertThat(told.text("renewed")).isEqualTo("invalid_grant");
  }

  /** The same by Nimbus' SDK, which reads each answer strictly. */
  @Test
  void aLibraryThatOthersWroteRegistersAsksRedeemsRenewsAndRevokes() throws Exception {
    owner.inOwnTenant("k" + UUID.randomUUID().toString().substring(0, 13));
    AuthorizationServerMetadata server =
        AuthorizationServerMetadata.resolve(new Issuer(SERVER.uri("")), 10_000, 10_000);
    assertThat(server.getIssuer().getValue()).isEqualTo(SERVER.uri("").toString());
    assertThat(server.supportsAuthorizationResponseIssuerParam()).isTrue();
    assertThat(server.getCodeChallengeMethods()).containsExactly(CodeChallengeMethod.S256);
    assertThat(server.getRevocationEndpointAuthMethods())
        .containsExactly(
            ClientAuthenticationMethod.NONE, ClientAuthenticationMethod.PRIVATE_KEY_JWT);
    assertThat(server.getIntrospectionEndpointAuthMethods())
        .containsExactly(ClientAuthenticationMethod.PRIVATE_KEY_JWT);

    URI redirect = URI.create("http://127.0.0.1/done");
    ClientMetadata wanted = new ClientMetadata();
    wanted.setName("A library");
    wanted.setRedirectionURI(redirect);
    wanted.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
    wanted.setTokenEndpointAuthMethod(ClientAuthenticationMethod.NONE);
    ClientID client =
        ClientRegistrationResponse.parse(
                new ClientRegistrationRequest(server.getRegistrationEndpointURI(), wanted, null)
                    .toHTTPRequest()
                    .send())
            .toSuccessResponse()
            .getClientInformation()
            .getID();

    CodeVerifier verifier = new CodeVerifier();
    State state = new State();
    URI asked =
        new AuthorizationRequest.Builder(new ResponseType("code"), client)
            .endpointURI(server.getAuthorizationEndpointURI())
            .redirectionURI(redirect)
            .scope(new Scope("tenant:read", "groups:read"))
            .state(state)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .resource(SERVER.uri("/"))
            .build()
            .toURI();
    AuthorizationResponse answer = AuthorizationResponse.parse(URI.create(allowed(asked)));
    assertThat(answer.getState()).isEqualTo(state);
    assertThat(answer.getIssuer()).isEqualTo(server.getIssuer());
    Tokens first =
        asked(
            server,
            client,
            new AuthorizationCodeGrant(
                answer.toSuccessResponse().getAuthorizationCode(), redirect, verifier));
    Tokens second = asked(server, client, new RefreshTokenGrant(first.getRefreshToken()));
    assertThat(second.getRefreshToken()).isNotEqualTo(first.getRefreshToken());
    assertThat(
            new TokenRevocationRequest(
                    server.getRevocationEndpointURI(), client, second.getRefreshToken())
                .toHTTPRequest()
                .send()
                .getStatusCode())
        .isEqualTo(200);
    assertThat(
            TokenResponse.parse(
                    request(server, client, new RefreshTokenGrant(second.getRefreshToken())))
                .toErrorResponse()
                .getErrorObject()
                .getCode())
        .isEqualTo("invalid_grant");
  }

  private static HTTPResponse request(
      AuthorizationServerMetadata server, ClientID client, AuthorizationGrant grant)
      throws IOException {
    return new TokenRequest.Builder(server.getTokenEndpointURI(), client, grant)
        .resources(SERVER.uri("/"))
        .build()
        .toHTTPRequest()
        .send();
  }

  private static Tokens asked(
      AuthorizationServerMetadata server, ClientID client, AuthorizationGrant grant)
      throws Exception {
    TokenResponse response = TokenResponse.parse(request(server, client, grant));
    assertThat(response.indicatesSuccess()).as(response.toHTTPResponse().getBody()).isTrue();
    return response.toSuccessResponse().getTokens();
  }
}
