package dev.cofferdam.review.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The table {@code destinations.cases}: where the server is sent, and as what. */
final class Destinations {
  private Destinations() {}

  /** What the server is told that the destination is. */
  enum Endpoint {
    /** The issuer itself, of which it wants the document. */
    ISSUER,
    KEYS,
    TOKENS,
    /** What the honest place for keys leads on to. */
    REDIRECTED_KEYS,
    REDIRECTED_TOKENS
  }

  /**
   * One destination.
   *
   * @param answers where the names in it lead, one lookup after the other: name and addresses
   */
  record Case(String attack, Endpoint endpoint, String url, List<String> answers) {
    Case {
      answers = List.copyOf(answers);
    }

    String[] names() {
      return answers.toArray(String[]::new);
    }

    @Override
    public String toString() {
      return "`"
          + url
          + "` as "
          + endpoint.name().toLowerCase(Locale.ROOT).replace('_', ' ')
          + (answers.isEmpty() ? "" : ", where " + String.join(" ", answers));
    }
  }

  static List<Case> of(String attack) {
    return all().stream().filter(one -> one.attack().equals(attack)).toList();
  }

  static List<Case> all() {
    try (InputStream table = Destinations.class.getResourceAsStream("destinations.cases")) {
      return new String(Objects.requireNonNull(table).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Destinations::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Case read(String line) {
    String[] fields = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
    List<String> answers = new ArrayList<>();
    for (int n = 3; n < fields.length; n++) {
      String[] halves = fields[n].split("=", 2);
      answers.addAll(List.of(halves[0], halves[1]));
    }
    return new Case(
        fields[0],
        Endpoint.valueOf(fields[1].toUpperCase(Locale.ROOT).replace('-', '_')),
        fields[2],
        answers);
  }
}
