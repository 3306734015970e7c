package dev.cofferdam.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationGrantError;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.testing.RunningServer;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that others wrote, and that has never heard of Cofferdam, gets tokens and uses them. */
class NimbusClientTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final PlantedClient client =
      PlantedClient.in(SERVER, SERVER.newTenant().tenant(), "member", "tenant:read", "groups:read");
  private final URI endpoint = SERVER.uri("/oauth/token");

  private PrivateKeyJWT authentication() throws Exception {
    return new PrivateKeyJWT(
        new ClientID(client.id.toString()),
        URI.create(client.issuer()),
        JWSAlgorithm.ES256,
        client.key.toPrivateKey(),
        client.key.getKeyID(),
        null);
  }

  private TokenResponse ask(@Nullable Scope scope, @Nullable DPoPProofFactory proofs)
      throws Exception {
    HTTPRequest request =
        new TokenRequest.Builder(endpoint, authentication(), new ClientCredentialsGrant())
            .scope(scope)
            .resources(URI.create(client.issuer()))
            .build()
            .toHTTPRequest();
    if (proofs != null) {
      request.setDPoP(proofs.createDPoPJWT("POST", endpoint));
    }
    return TokenResponse.parse(request.send());
  }

  private HTTPResponse read(AccessToken token, @Nullable DPoPProofFactory proofs) throws Exception {
    URI tenant = SERVER.uri("/v1/tenant");
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, tenant);
    request.setAuthorization(token.toAuthorizationHeader());
    if (proofs != null) {
      request.setDPoP(proofs.createDPoPJWT("GET", tenant, token));
    }
    return request.send();
  }

  @Test
  void getsABearerTokenAndReadsWithIt() throws Exception {
    TokenResponse response = ask(new Scope("tenant:read"), null);
    assertThat(response.indicatesSuccess()).as(response.toHTTPResponse().getBody()).isTrue();
    BearerAccessToken token = response.toSuccessResponse().getTokens().getBearerAccessToken();
    assertThat(token.getLifetime()).isEqualTo(300);
    assertThat(token.getScope()).isEqualTo(new Scope("tenant:read"));
    assertThat(read(token, null).getStatusCode()).isEqualTo(200);

    JWKSet keys = JWKSet.load(SERVER.uri("/oauth/jwks").toURL());
    SignedJWT signed = SignedJWT.parse(token.getValue());
    ECKey key = (ECKey) keys.getKeyByKeyId(signed.getHeader().getKeyID());
    assertThat(signed.verify(new ECDSAVerifier(key))).isTrue();
  }

  @Test
  void getsATokenThatIsBoundToAKeyAndReadsWithAProofOfIt() throws Exception {
    DPoPProofFactory proofs = new DefaultDPoPProofFactory(PlantedClient.key(), JWSAlgorithm.ES256);
    DPoPAccessToken token = ask(null, proofs).toSuccessResponse().getTokens().getDPoPAccessToken();
    assertThat(token.getScope()).isEqualTo(new Scope("groups:read", "tenant:read"));
    assertThat(read(token, proofs).getStatusCode()).isEqualTo(200);
    HTTPResponse bare = read(new BearerAccessToken(token.getValue()), null);
    assertThat(bare.getStatusCode()).isEqualTo(401);
  }

  @Test
  void readsWhyItGetsNone() throws Exception {
    ErrorObject error = ask(new Scope("members:read"), null).toErrorResponse().getErrorObject();
    assertThat(error.getCode()).isEqualTo("invalid_scope");
    assertThat(error.getHTTPStatusCode()).isEqualTo(400);
    assertThat(error.getDescription()).isNotEmpty();
  }

  @Test
  void asksWhatATokenIs() throws Exception {
    AccessToken token = ask(null, null).toSuccessResponse().getTokens().getAccessToken();
    TokenIntrospectionResponse response =
        TokenIntrospectionResponse.parse(
            new TokenIntrospectionRequest(SERVER.uri("/oauth/introspect"), authentication(), token)
                .toHTTPRequest()
                .send());
    var told = response.toSuccessResponse();
    assertThat(told.isActive()).isTrue();
    assertThat(told.getClientID()).isEqualTo(new ClientID(client.id.toString()));
    assertThat(told.getIssuer()).isEqualTo(new Issuer(client.issuer()));
    assertThat(told.getAudience()).isEqualTo(List.of(new Audience(client.issuer() + "/")));
    assertThat(told.getExpirationTime()).isAfter(new Date());
    assertThat(told.getJWTID()).isNotNull();
  }

  /** The same by {@code openid-client} of npm. */
  @Test
  void aWorkloadThatOthersWroteGetsShowsAsksAboutAndGivesUpItsToken() throws Exception {
    ForeignProgram told =
        ForeignProgram.run(
            "service.mjs",
            client.issuer(),
            client.id.toString(),
            client.key.toJSONString(),
            "tenant:read",
            "tenant:read members:read");
    assertThat(told.text("type")).isEqualToIgnoringCase("bearer");
    assertThat(told.text("scope")).isEqualTo("tenant:read");
    assertThat(told.text("renewed")).isEqualTo("never");
    assertThat(told.text("status")).isEqualTo("200");
    assertThat(told.text("wider")).isEqualTo("invalid_scope");
    assertThat(told.text("elsewhere")).isEqualTo("invalid_target");
    assertThat(told.text("bound")).isEqualToIgnoringCase("dpop");
    assertThat(told.text("proven")).isEqualTo("200");
    assertThat(told.text("active")).isEqualTo("true");
    assertThat(told.text("unknown")).isEqualTo("false");
    assertThat(told.text("ended")).isEqualTo("true");
  }

  @Test
  void getsWithoutABrowserWhatSomebodyAllowedWhoTypedItsCode() throws Exception {
    Browser owner = Browser.ofSomebody(SERVER);
    owner.inOwnTenant("n" + UUID.randomUUID().toString().substring(0, 13));
    ClientID program = new ClientID("cofferdam-cli");
    DeviceAuthorizationSuccessResponse asked =
        DeviceAuthorizationResponse.parse(
                new DeviceAuthorizationRequest.Builder(program)
                    .endpointURI(SERVER.uri("/oauth/device"))
                    .scope(new Scope("tenant:read"))
                    .build()
                    .toHTTPRequest()
                    .send())
            .toSuccessResponse();
    assertThat(asked.getVerificationURI()).isEqualTo(SERVER.uri("/device"));
    assertThat(asked.getVerificationURIComplete()).isNull();
    DeviceCodeGrant grant = new DeviceCodeGrant(asked.getDeviceCode());
    assertThat(redeemed(program, grant).toErrorResponse().getErrorObject())
        .isEqualTo(DeviceAuthorizationGrantError.AUTHORIZATION_PENDING);
    owner.form(
        "/device/answer",
        owner.token(),
        Map.of("code", asked.getUserCode().getValue(), "answer", "allow"));
    TokenResponse response = redeemed(program, grant);
    assertThat(response.indicatesSuccess()).as(response.toHTTPResponse().getBody()).isTrue();
    BearerAccessToken token = response.toSuccessResponse().getTokens().getBearerAccessToken();
    assertThat(read(token, null).getStatusCode()).isEqualTo(200);
    assertThat(response.toSuccessResponse().getTokens().getRefreshToken()).isNotNull();
  }

  @Test
  void isHandedTheTokenThatItsPersonMade() throws Exception {
    Browser owner = Browser.ofSomebody(SERVER);
    owner.inOwnTenant("n" + UUID.randomUUID().toString().substring(0, 13));
    ClientID program = new ClientID("cofferdam-cli");
    DeviceAuthorizationSuccessResponse asked =
        DeviceAuthorizationResponse.parse(
                new DeviceAuthorizationRequest.Builder(program)
                    .endpointURI(SERVER.uri("/oauth/device"))
                    .customParameter(
                        "authorization_details",
                        "[{\"type\":\"personal_token\",\"label\":\"x\",\"scopes\":[\"tenant:read\"],\"expires_in_days\":9}]")
                    .build()
                    .toHTTPRequest()
                    .send())
            .toSuccessResponse();
    owner.form(
        "/device/answer",
        owner.token(),
        Map.of("code", asked.getUserCode().getValue(), "answer", "allow"));
    TokenResponse response = redeemed(program, new DeviceCodeGrant(asked.getDeviceCode()));
    assertThat(response.indicatesSuccess()).as(response.toHTTPResponse().getBody()).isTrue();
    BearerAccessToken token = response.toSuccessResponse().getTokens().getBearerAccessToken();
    assertThat(token.getValue()).startsWith("cofferdam_pat_");
    assertThat(token.getLifetime()).isEqualTo(9 * 86_400);
    assertThat(read(token, null).getStatusCode()).isEqualTo(200);
    assertThat(response.toSuccessResponse().getTokens().getRefreshToken()).isNull();
  }

  private TokenResponse redeemed(ClientID program, DeviceCodeGrant grant) throws Exception {
    return TokenResponse.parse(
        new TokenRequest.Builder(endpoint, program, grant).build().toHTTPRequest().send());
  }
}
