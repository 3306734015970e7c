package dev.cofferdam.server.oauth.issuing;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.cofferdam.server.identity.oidc.CompactToken;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.oauth.proof.Signatures;
import dev.cofferdam.server.surface.TokenScope;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads access tokens that this server made. What it accepts is exactly what {@link AccessTokens}
 * makes: no other type, algorithm, audience or shape.
 */
final class VerifiedTokens {
  private static final Set<String> HEADER = Set.of("typ", "alg", "kid");

  private final SigningKeys keys;

  VerifiedTokens(SigningKeys keys) {
    this.keys = keys;
  }

  /**
   * What a token says that we signed. Whether it has expired is looked at each time it is shown.
   */
  record Said(
      Issuer issuer,
      ClientId client,
      Holder holder,
      String subject,
      String id,
      Set<TokenScope> scopes,
      Optional<KeyThumbprint> boundTo,
      Instant issuedAt,
      Instant expiresAt) {}

  /** What it says; empty when we did not say it. */
  Optional<Said> verify(String token) {
    return CompactToken.of(token)
        .filter(VerifiedTokens::isLike)
        .filter(this::isSigned)
        .flatMap(VerifiedTokens::said);
  }

  private static boolean isLike(CompactToken token) {
    ObjectNode header = token.header();
    return header.propertyStream().map(Map.Entry::getKey).allMatch(HEADER::contains)
        && AccessTokens.TYPE.equals(token.parsed().getType())
        && JWSAlgorithm.ES256.equals(token.parsed().getAlgorithm());
  }

  private boolean isSigned(CompactToken token) {
    String id = token.parsed().getKeyID();
    Optional<JWK> key = id == null ? Optional.empty() : keys.find(id);
    return key.filter(known -> Signatures.verify(token, known)).isPresent();
  }

  private static Optional<Said> said(CompactToken token) {
    Optional<String> issuer = token.text("iss");
    Optional<ClientId> client = token.text(Claim.CLIENT).flatMap(ClientId::ofText);
    Optional<Holder> holder =
        Holder.of(
            token.text(Claim.HOLDER_KIND).orElse(""),
            token.text(Claim.TENANT).orElse(""),
            token.text(Claim.HOLDER).orElse(""));
    Optional<String> subject = token.text("sub");
    Optional<String> id = token.text("jti");
    Optional<Instant> issued = token.time("iat");
    Optional<Instant> expires = token.time("exp");
    if (issuer.isEmpty()
        || client.isEmpty()
        || holder.isEmpty()
        || subject.isEmpty()
        || id.isEmpty()
        || issued.isEmpty()
        || expires.isEmpty()
        || token.payload().has(Claim.CONFIRMATION) && boundTo(token).isEmpty()) {
      return Optional.empty();
    }
    Issuer by = new Issuer(issuer.get());
    return token.text("aud").filter(by.resource()::equals).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Said(
                by,
                client.get(),
                holder.get(),
                subject.get(),
                id.get(),
                scopes(token),
                boundTo(token),
                issued.get(),
                expires.get()));
  }

  /** A scope that this server does not know allows nothing. */
  private static Set<TokenScope> scopes(CompactToken token) {
    EnumSet<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    Arrays.stream(token.text(Claim.SCOPE).orElse("").split(" "))
        .flatMap(text -> TokenScope.of(text).stream())
        .forEach(scopes::add);
    return scopes;
  }

  private static Optional<KeyThumbprint> boundTo(CompactToken token) {
    String key = token.payload().path(Claim.CONFIRMATION).path(Claim.KEY).asString("");
    return KeyThumbprint.ofText(key);
  }
}
