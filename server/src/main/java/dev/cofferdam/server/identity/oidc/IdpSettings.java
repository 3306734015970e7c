package dev.cofferdam.server.identity.oidc;

import com.nimbusds.jose.jwk.ECKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.idp.*}: the identity provider of the platform.
 *
 * @param issuer its issuer, an https URL; without one the development IdP signs people in, on
 *     loopback only
 * @param clientId what this server is called there
 * @param clientSecretFile a file with the secret that was agreed on, read at each sign-in
 * @param clientKeyFile a PEM file with a P-256 private key (PKCS #8), to sign in by private_key_jwt
 *     instead of a secret
 * @param scopes what is asked for beside {@code openid}
 * @param multiFactor the values of acr that mean more than one factor
 * @param phishingResistant the values of acr that mean a factor that cannot be phished
 * @param operatorClaim the claim by which it names operators of the platform, or a JSON pointer
 *     such as {@code /realm_access/roles}; without one nobody is an operator
 * @param operatorValues the values of that claim, of which one makes an operator
 */
@ConfigurationProperties("cofferdam.idp")
public record IdpSettings(
    @Nullable String issuer,
    @Nullable String clientId,
    @Nullable Path clientSecretFile,
    @Nullable Path clientKeyFile,
    @DefaultValue({"profile", "email"}) List<String> scopes,
    @DefaultValue({"mfa", "http://schemas.openid.net/pape/policies/2007/06/multi-factor"})
        List<String> multiFactor,
    @DefaultValue({"phr", "phrh"}) List<String> phishingResistant,
    @Nullable String operatorClaim,
    @DefaultValue List<String> operatorValues) {

  public IdpSettings {
    scopes = List.copyOf(scopes);
    multiFactor = List.copyOf(multiFactor);
    phishingResistant = List.copyOf(phishingResistant);
    operatorValues = List.copyOf(operatorValues);
    if (issuer == null) {
      if (clientId != null
          || clientSecretFile != null
          || clientKeyFile != null
          || operatorClaim != null) {
        throw new IllegalArgumentException(
            "cofferdam.idp.issuer is not set, and other settings of the identity provider are: set"
                + " it, or none of them for the development IdP");
      }
    } else {
      requireComplete(issuer, clientId, clientSecretFile, clientKeyFile);
    }
    requireOperators(operatorClaim, operatorValues);
    for (String scope : scopes) {
      if (!scope.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]+")) {
        throw new IllegalArgumentException(
            "cofferdam.idp.scopes must hold one scope in each entry, not `" + scope + "`");
      }
    }
  }

  private static void requireComplete(
      String issuer, @Nullable String clientId, @Nullable Path secret, @Nullable Path key) {
    try {
      Issuer checked = new Issuer(issuer);
      if (clientId == null || clientId.isBlank()) {
        throw new IllegalArgumentException(
            "needs cofferdam.idp.client-id: register this server at " + checked);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cofferdam.idp.issuer is `" + issuer + "`, which " + e.getMessage(), e);
    }
    if (secret != null && key != null) {
      throw new IllegalArgumentException(
          "cofferdam.idp.client-secret-file and cofferdam.idp.client-key-file are both set: this"
              + " server proves itself in one way, so leave one out");
    }
    if (secret != null) {
      ClientSecret.check(secret);
    }
    if (key != null) {
      ClientKey.read(key);
    }
  }

  private static void requireOperators(@Nullable String claim, List<String> values) {
    if (claim == null) {
      if (!values.isEmpty()) {
        throw new IllegalArgumentException(
            "cofferdam.idp.operator-values is set, and cofferdam.idp.operator-claim is not: name the"
                + " claim that has them");
      }
      return;
    }
    try {
      new OperatorClaim(claim, Set.copyOf(values));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cofferdam.idp.operator-claim is `" + claim + "`, which " + e.getMessage(), e);
    }
  }

  /** The platform's own identity provider, if one is set. */
  Optional<Client> client() {
    if (issuer == null || clientId == null) {
      return Optional.empty();
    }
    ClientAuthentication authentication =
        clientKeyFile != null
            ? new ClientKey(key(clientKeyFile))
            : clientSecretFile != null
                ? new ClientSecret(clientSecretFile)
                : new ClientAuthentication.None();
    return Optional.of(
        new Client(
            new Issuer(issuer),
            clientId,
            authentication,
            scopes,
            Optional.ofNullable(operatorClaim)
                .map(claim -> new OperatorClaim(claim, Set.copyOf(operatorValues)))));
  }

  private static ECKey key(Path file) {
    return ClientKey.read(file);
  }

  /** What its values of acr mean. */
  public AcrValues acrValues() {
    return new AcrValues(multiFactor, phishingResistant);
  }
}
