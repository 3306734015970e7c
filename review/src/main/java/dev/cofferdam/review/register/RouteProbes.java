package dev.cofferdam.review.register;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What requests for routes are made of, as reviewed data: {@code probes.yaml}.
 *
 * @param things kind of thing by the name, the path, or the route and name of what it fills
 * @param words what fills the rest, by the same
 * @param leftOut parameters that are not sent
 * @param known kinds of which whoever names one may learn that there is one
 * @param looks actions that change nothing, though they are sent with POST
 * @param withheld routes of every role where what they name decides, and who is told no there
 * @param last what is asked for last, in this order
 * @param elsewhere routes that are asked for by attacks of their own, with the reason
 * @param unmet problems that no attack meets, with the reason
 */
public record RouteProbes(
    Map<String, String> things,
    Map<String, String> words,
    List<String> leftOut,
    Set<String> known,
    Set<String> looks,
    List<Withheld> withheld,
    List<Last> last,
    Map<String, String> elsewhere,
    Map<String, String> unmet) {

  /** Routes that every role gets to, of which some are told no by what they name. */
  public record Withheld(Set<String> routes, Set<String> from) {
    public Withheld {
      routes = Set.copyOf(routes);
      from = Set.copyOf(from);
    }
  }

  /** A route that takes something away, or needs more than others, and who is to ask for it. */
  public record Last(String route, By by) {}

  /** Who asks. */
  public enum By {
    OWNER,
    /** The owner in a session beside the first. */
    SPARE,
    /** The owner, signed in just now. */
    FRESH,
    CO_OWNER,
    ADMIN,
    MEMBER,
    COLLEAGUE,
    /** Somebody whom a code was sent to. */
    GUEST,
    /** Whoever runs the platform, signed in just now. */
    OPERATOR,
    /** Another operator, signed in just now. */
    DEPUTY;

    static By of(String word) {
      return Arrays.stream(values())
          .filter(by -> by.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new RegisterRefusedException(
                      "`"
                          + word
                          + "` is nobody who could ask: use one of "
                          + Arrays.stream(values())
                              .map(by -> by.name().toLowerCase(Locale.ROOT))
                              .collect(Collectors.joining(", "))));
    }
  }

  public RouteProbes {
    things = Map.copyOf(things);
    words = Map.copyOf(words);
    leftOut = List.copyOf(leftOut);
    known = Set.copyOf(known);
    looks = Set.copyOf(looks);
    withheld = List.copyOf(withheld);
    last = List.copyOf(last);
    elsewhere = Map.copyOf(elsewhere);
    unmet = Map.copyOf(unmet);
  }

  /** The ones that this artefact carries. */
  public static RouteProbes shipped() {
    return RegisterReader.probesOfResource();
  }

  /** Who asks for the route called {@code name}, when it is one of the last. */
  public Optional<By> by(String name) {
    return last.stream().filter(one -> one.route().equals(name)).map(Last::by).findFirst();
  }
}
