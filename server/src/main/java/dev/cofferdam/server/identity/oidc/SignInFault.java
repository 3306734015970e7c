package dev.cofferdam.server.identity.oidc;

import java.util.Locale;
import org.springframework.modulith.NamedInterface;

/**
 * Why what came back from an identity provider that can be used is not to be believed. What the
 * provider says of it itself is no part of it.
 */
@NamedInterface("provider")
public enum SignInFault {
  CALLBACK_ISSUER(
      "The answer did not name this issuer. Have the provider send iss, exactly as the issuer is written here."),
  CODE(
      "The provider did not take its own code back. Register the redirect URI there letter by letter, and let this client use PKCE with S256."),
  MALFORMED(
      "Its answer has no id token, or one with a claim of another type than is agreed on. Have it send an id token, and names and addresses as single texts."),
  ALGORITHM(
      "The id token is signed by an algorithm that its document does not announce, or that is never accepted. Set ES256, PS256 or RS256 there for this client."),
  TYPE(
      "What it sent is no id token by its typ. Have it send an id token, of the type JWT, and not an access token."),
  CRITICAL(
      "The header of the id token asks for an extension. Turn off what adds crit or b64 to it there."),
  KEY_EMBEDDED(
      "The id token brings its own key along. Turn off what adds jwk, jku, x5u or x5c to its header there."),
  KEY_UNNAMED(
      "The id token does not say which key it is signed by. Have the provider send kid in its header."),
  ISSUER(
      "The id token names another issuer. Bring the provider with the issuer that it writes into tokens, or correct that there."),
  AUDIENCE(
      "The id token is for another client. Check the client id, and have it stand in aud there."),
  AUTHORIZED_PARTY(
      "The id token has several audiences, or was made for another client. Have azp name this client there, or aud this client alone."),
  SUBJECT(
      "The id token has no usable subject. Have sub be a text of 1 to 255 characters that stays the same for a person."),
  EXPIRED("The id token has ended, or does not say when it does. Check the clock there, and exp."),
  NOT_YET_VALID(
      "The id token has not begun, or does not say when it was made. Check the clock there, and iat and nbf."),
  NONCE(
      "The id token is not of this sign-in. Have the provider put the nonce that it is sent into the id token."),
  ACCESS_TOKEN(
      "The id token belongs to another access token. Have at_hash made from the access token beside it, or leave it out there."),
  AUTH_TIME(
      "The id token does not say when the person signed in, or a time that cannot be. Have it send auth_time, and check the clock there."),
  ACR(
      "The sign-in was weaker than asked for. Have the provider ask for the factors, and send in acr a value that is listed here for them."),
  PROVIDER_ACR(
      "The sign-in was weaker than this provider must reach. Have it ask for the factors, and send in acr a value that is listed here for them.");

  private final String sentence;

  SignInFault(String sentence) {
    this.sentence = sentence;
  }

  /** Whether its token is good, of a sign-in that is less, or longer ago, than was asked for. */
  public boolean isOfTheWay() {
    return this == AUTH_TIME || this == ACR || this == PROVIDER_ACR;
  }

  /** As records and logs name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Which check failed and what to set there, for whoever looks after the provider. */
  public String sentence() {
    return sentence;
  }
}
