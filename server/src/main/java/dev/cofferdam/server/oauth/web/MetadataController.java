package dev.cofferdam.server.oauth.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.authorization.AuthorizationRequests;
import dev.cofferdam.server.oauth.client.ClientSettings;
import dev.cofferdam.server.oauth.device.DeviceSettings;
import dev.cofferdam.server.oauth.device.TokenDetails;
import dev.cofferdam.server.oauth.proof.Signatures;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a client reads that has never heard of this server: where to ask, and how. It says what is
 * there and nothing that is only planned.
 */
@RestController
class MetadataController {
  private static final String KEYS = "private_key_jwt";
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final List<String> grants;
  private final ClientSettings.OfNobody ofNobody;
  private final @Nullable List<String> details;

  MetadataController(
      List<GrantType> grants, ClientSettings settings, DeviceSettings deviceSettings) {
    this.ofNobody = settings.ofNobody();
    this.details = deviceSettings.commandLine() ? List.of(TokenDetails.TYPE) : null;
    this.grants = grants.stream().map(GrantType::name).sorted().toList();
  }

  /**
   * The authorization server (RFC 8414, section 2; RFC 8628, section 4; RFC 9207, section 3; RFC
   * 9396, section 10).
   *
   * @param authorizationDetailsTypesSupported at the device authorization endpoint; absent where no
   *     client may ask for any
   * @param registrationEndpoint absent where the platform takes no registrations
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Server(
      String issuer,
      String authorizationEndpoint,
      String deviceAuthorizationEndpoint,
      String tokenEndpoint,
      String revocationEndpoint,
      String introspectionEndpoint,
      String jwksUri,
      @Nullable String registrationEndpoint,
      List<String> scopesSupported,
      List<String> responseTypesSupported,
      List<String> responseModesSupported,
      List<String> grantTypesSupported,
      List<String> tokenEndpointAuthMethodsSupported,
      List<String> tokenEndpointAuthSigningAlgValuesSupported,
      List<String> revocationEndpointAuthMethodsSupported,
      List<String> revocationEndpointAuthSigningAlgValuesSupported,
      List<String> introspectionEndpointAuthMethodsSupported,
      List<String> introspectionEndpointAuthSigningAlgValuesSupported,
      List<String> codeChallengeMethodsSupported,
      boolean authorizationResponseIssParameterSupported,
      List<String> acrValuesSupported,
      @Nullable List<String> authorizationDetailsTypesSupported,
      List<String> dpopSigningAlgValuesSupported,
      boolean clientIdMetadataDocumentSupported,
      List<String> protectedResources) {}

  /** The API, as the one resource there is (RFC 9728, section 2). */
  record Resource(
      String resource,
      List<String> authorizationServers,
      List<String> scopesSupported,
      List<String> bearerMethodsSupported,
      List<String> dpopSigningAlgValuesSupported,
      boolean dpopBoundAccessTokensRequired,
      String resourceName) {}

  @GetMapping("/.well-known/oauth-authorization-server")
  @Surface(
      summary = "Says where and how clients ask for tokens.",
      access = Access.ANYONE,
      limit = "public",
      action = "oauth.metadata")
  ResponseEntity<Server> server(HttpServletRequest request) {
    Issuer issuer = issuer(request);
    return kept(
        new Server(
            issuer.origin(),
            issuer.at(AuthorizationRequests.PATH),
            issuer.at(DeviceController.PATH),
            issuer.at("/oauth/token"),
            issuer.at("/oauth/revoke"),
            issuer.at("/oauth/introspect"),
            issuer.at("/oauth/jwks"),
            ofNobody == ClientSettings.OfNobody.ANY ? issuer.at("/oauth/register") : null,
            scopes(),
            List.of("code"),
            List.of("query"),
            grants,
            List.of("none", KEYS),
            Signatures.ALGORITHMS,
            // Left out, each of these would be that of a secret.
            List.of("none", KEYS),
            Signatures.ALGORITHMS,
            List.of(KEYS),
            Signatures.ALGORITHMS,
            List.of("S256"),
            true,
            Arrays.stream(AcrClass.values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList(),
            details,
            Signatures.ALGORITHMS,
            ofNobody != ClientSettings.OfNobody.NONE,
            List.of(issuer.resource())));
  }

  @GetMapping("/.well-known/oauth-protected-resource")
  @Surface(
      summary = "Says which authorization server the API takes tokens of.",
      access = Access.ANYONE,
      limit = "public",
      action = "oauth.resource_metadata")
  ResponseEntity<Resource> resource(HttpServletRequest request) {
    Issuer issuer = issuer(request);
    return kept(
        new Resource(
            issuer.resource(),
            List.of(issuer.origin()),
            scopes(),
            List.of("header"),
            Signatures.ALGORITHMS,
            false,
            "Cofferdam"));
  }

  private static Issuer issuer(HttpServletRequest request) {
    return new Issuer(OwnOrigin.of(request));
  }

  private static List<String> scopes() {
    return Arrays.stream(TokenScope.values()).map(TokenScope::text).sorted().toList();
  }

  private static <T> ResponseEntity<T> kept(T body) {
    return ResponseEntity.ok().cacheControl(CacheControl.maxAge(KEPT).cachePublic()).body(body);
  }
}
