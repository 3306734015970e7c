package dev.cofferdam.review.register;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who acts in a review of a deployment, as it was handed over: for each class of identity how to
 * act as one. Whoever is not named is played by nobody.
 *
 * @param attacker by what they are in the tenant whose people attack
 * @param victim by what they are in the tenant that is attacked
 * @param stranger somebody who is in neither
 * @param operator somebody who runs the platform; asked what the server runs, and nothing else
 */
public record HandedOver(
    Map<String, Credential> attacker,
    Map<String, Credential> victim,
    Optional<Credential> stranger,
    Optional<Credential> operator) {
  private static final Set<String> CLASSES =
      Set.of("owner", "admin", "member", "auditor", "former", "program");

  /** What somebody shows with each request. */
  public sealed interface Credential {
    /** The value of the session's cookie. */
    record Cookie(String value) implements Credential {
      @Override
      public String toString() {
        return "Cookie";
      }
    }

    /** A token, which goes into {@code Authorization}. */
    record Token(String value) implements Credential {
      @Override
      public String toString() {
        return "Token";
      }
    }
  }

  public HandedOver {
    attacker = Map.copyOf(attacker);
    victim = Map.copyOf(victim);
  }

  /** An example of the file, for whoever has to write one. */
  public static String example() {
    try (InputStream in = HandedOver.class.getResourceAsStream("target-example.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the example is missing", e);
    }
  }

  /**
   * The ones in {@code file}.
   *
   * @throws IOException when others may read it
   * @throws RegisterRefusedException when it does not say what it has to
   */
  public static HandedOver in(Path file) throws IOException {
    if (Files.getPosixFilePermissions(file).stream()
        .anyMatch(right -> !right.name().startsWith("OWNER_"))) {
      throw new IOException(
          "Others may read the identities in `%s`: `chmod 600 %s`, and think about who has."
              .formatted(file, file));
    }
    return parse(file.getFileName().toString(), Files.readString(file));
  }

  static HandedOver parse(String name, String yaml) {
    return Fields.read(
        name,
        RegisterReader.parsed(name, yaml),
        fields ->
            new HandedOver(
                fields.nested("attacker", HandedOver::tenant),
                fields.nested("victim", HandedOver::tenant),
                optional(fields, "stranger"),
                optional(fields, "operator")));
  }

  private static Map<String, Credential> tenant(Fields fields) {
    if (!fields.has("owner")) {
      throw new RegisterRefusedException(
          "an `owner` is needed, who makes a group in the tenant and takes it away again");
    }
    Map<String, Credential> all = new TreeMap<>();
    for (String one : CLASSES) {
      optional(fields, one).ifPresent(credential -> all.put(one, credential));
    }
    if (all.get("owner") instanceof Credential.Token) {
      throw new RegisterRefusedException("`owner` acts with a `cookie`: tokens make no groups");
    }
    return all;
  }

  private static Optional<Credential> optional(Fields fields, String name) {
    return fields.has(name)
        ? Optional.of(fields.nested(name, HandedOver::credential))
        : Optional.empty();
  }

  private static Credential credential(Fields fields) {
    return fields.has("token")
        ? new Credential.Token(fields.text("token"))
        : new Credential.Cookie(fields.text("cookie"));
  }
}
