package dev.cofferdam.review.edge;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * EDG-07: whether an answer tells how much of a forged code was right. Compares two forgeries of a
 * session's cookie: of one the last byte of the code is wrong, of the other the first. The shortest
 * of many answers counts, since whatever else happens on a machine makes one longer, never shorter.
 *
 * <p>Its mutant waits a millisecond for each byte that is right, which is a million times what a
 * careless comparison takes: the attack shows that the comparison is in the way of a request, and
 * ends early or does not. Nanoseconds it does not see.
 */
public final class Comparisons {
  private static final String COOKIE = "__Host-cofferdam";
  private static final int EACH = 25;

  /** Of the 31 of the mutant's. */
  private static final Duration TELLING = Duration.ofMillis(12);

  private Comparisons() {}

  public static List<Attack> all() {
    return List.of(
        Door.byOwnerAnywhere(
            "EDG-07.session",
            "measures how long the server takes to tell a forged session",
            Comparisons::measured));
  }

  private static Verdict measured(Scene scene) throws IOException {
    Resident own = scene.web().resident(scene.attacker().id(), Part.OWNER);
    byte[] genuine = Base64.getUrlDecoder().decode(String.valueOf(own.cookies().get(COOKIE)));
    String nearly = forged(genuine, genuine.length - 1);
    String hardly = forged(genuine, genuine.length / 2);
    long nearlyNanos = Long.MAX_VALUE;
    long hardlyNanos = Long.MAX_VALUE;
    for (int i = 0; i < EACH; i++) {
      nearlyNanos = Math.min(nearlyNanos, asked(scene, nearly));
      hardlyNanos = Math.min(hardlyNanos, asked(scene, hardly));
    }
    String found =
        "%.2f ms with one byte wrong at the end, %.2f ms with one at the beginning, the shortest of %d"
            .formatted(nearlyNanos / 1e6, hardlyNanos / 1e6, EACH);
    return nearlyNanos - hardlyNanos > TELLING.toNanos()
        ? new Verdict.Succeeded("told how much of the code is right: " + found)
        : new Verdict.Refused(found);
  }

  /** The random half stays, and the code behind it has one byte wrong. */
  private static String forged(byte[] genuine, int at) {
    byte[] forged = genuine.clone();
    forged[at] ^= 1;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
  }

  private static long asked(Scene scene, String cookie) throws IOException {
    try (Line line = scene.web().line()) {
      Reply reply =
          line.ask(
              Ask.get("/v1/me")
                  .with("Host", scene.web().site().authority())
                  .with("Cookie", COOKIE + "=" + cookie));
      if (reply.status() == 429) {
        scene.web().rest();
        return asked(scene, cookie);
      }
      if (reply.status() != 401) {
        throw new IllegalStateException("a forged session met " + reply.brief());
      }
      return reply.nanos();
    }
  }
}
