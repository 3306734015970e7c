package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Cursors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Cursors that say what they are bound to, for tests of what the door binds them to. */
final class PlainCursors implements Cursors {
  @Override
  public String seal(Caller caller, String list, String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((bound(caller, list) + position).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> open(Caller caller, String list, String cursor) {
    try {
      String sealed = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      return sealed.startsWith(bound(caller, list))
          ? Optional.of(sealed.substring(bound(caller, list).length()))
          : Optional.empty();
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  private static String bound(Caller caller, String list) {
    return caller.principal() + "\n" + list + "\n";
  }
}
