package dev.cofferdam.server.oauth.authorization;

import java.util.Locale;

/**
 * Why a client's request comes to nothing, as the client is told (RFC 6749, section 4.1.2.1; RFC
 * 8707; RFC 9396; RFC 9470; OpenID Connect Core, section 3.1.2.6).
 */
public enum RequestFault {
  INVALID_REQUEST,
  UNSUPPORTED_RESPONSE_TYPE,
  INVALID_SCOPE,
  /** There are no such details here (RFC 9396): what has some is asked by a device. */
  INVALID_AUTHORIZATION_DETAILS,
  /** It names a resource that is not this API. */
  INVALID_TARGET,
  /** It asks for a class of sign-in that there is none of here. */
  UNMET_AUTHENTICATION_REQUIREMENTS,
  /** Consent is asked for always, and it wants no page shown. */
  INTERACTION_REQUIRED,
  REQUEST_NOT_SUPPORTED,
  REQUEST_URI_NOT_SUPPORTED,
  /** The person does not want it. */
  ACCESS_DENIED;

  /** As the answer names it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
