package dev.cofferdam.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What a form carries to show that this server made it, for this session and in this workspace: the
 * workspace, and a MAC over session and workspace by the ring {@code csrf}. It is not secret from
 * its own person, and worth nothing in another session.
 */
final class CsrfTokens {
  private static final String NOWHERE = "-";
  private static final int LONGEST = 120;

  private final RingMac ring;

  CsrfTokens(RingMac ring) {
    this.ring = ring;
  }

  /** How a token stands to the session that it came with. */
  enum Standing {
    GOOD,
    /** Made for this session when it was in another workspace. */
    OF_ANOTHER_WORKSPACE,
    FORGED
  }

  String make(SessionId session, Optional<TenantId> workspace) {
    String place = place(workspace);
    return place
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(ring.of(message(session, place)));
  }

  Standing check(String token, SessionId session, Optional<TenantId> workspace) {
    int dot = token.indexOf('.');
    if (token.length() > LONGEST || dot < 0) {
      return Standing.FORGED;
    }
    String place = token.substring(0, dot);
    byte[] mac;
    try {
      mac = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    } catch (IllegalArgumentException notBase64) {
      return Standing.FORGED;
    }
    if (!ring.verifies(message(session, place), mac)) {
      return Standing.FORGED;
    }
    return isOf(place, workspace) ? Standing.GOOD : Standing.OF_ANOTHER_WORKSPACE;
  }

  private static boolean isOf(String place, Optional<TenantId> workspace) {
    return place.equals(place(workspace));
  }

  private static String place(Optional<TenantId> workspace) {
    return workspace.map(TenantId::value).map(UUID::toString).orElse(NOWHERE);
  }

  private static byte[] message(SessionId session, String place) {
    return ("cofferdam/1/csrf/" + session + "/" + place).getBytes(US_ASCII);
  }
}
