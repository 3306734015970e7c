package dev.cofferdam.server.identity.oidc;

import java.util.Locale;
import org.springframework.modulith.NamedInterface;

/** What is wrong with a token; the first fault that is found is the one that is told. */
@NamedInterface("foreign")
public enum TokenFault {
  /** Not three parts of base64url, not JSON, a member twice, or a claim of another type. */
  MALFORMED,
  /** An algorithm that is not among those agreed on; {@code none} and every HMAC never are. */
  ALGORITHM,
  /** Made for another use, such as an access token in the place of an id token. */
  TYPE,
  /** Demands an extension that is not understood here. */
  CRITICAL,
  /** Brings the key along by which it is to be verified, or says where to fetch it. */
  KEY_EMBEDDED,
  /** Does not say by which key it is signed. */
  KEY_UNNAMED,
  /** By a key that its issuer does not publish. */
  KEY_UNKNOWN,
  SIGNATURE,
  ISSUER,
  AUDIENCE,
  AUTHORIZED_PARTY,
  SUBJECT,
  EXPIRED,
  NOT_YET_VALID,
  NONCE,
  /** Belongs to another access token than the one it came with. */
  ACCESS_TOKEN,
  /** The person signed in longer ago than was asked for, in the future, or it is not said when. */
  AUTH_TIME,
  /** The person signed in less strongly than was asked for. */
  ACR;

  /** As records and logs name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
