package dev.cofferdam.review.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code tokens.cases}. */
public final class TokenCases {
  private static final String SIGNED_IN = "signed-in";

  /** Numbers as they are written. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private TokenCases() {}

  /** Those that this attack plays. */
  public static List<TokenCase> of(String attack) {
    return all().stream().filter(one -> one.attack().equals(attack)).toList();
  }

  /** One without any defect. */
  public static TokenCase honest() {
    return read("- | honest | {} | {} | e | signed-in");
  }

  static List<TokenCase> all() {
    try (InputStream table = TokenCases.class.getResourceAsStream("tokens.cases")) {
      return new String(Objects.requireNonNull(table).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(TokenCases::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TokenCase read(String line) {
    String[] fields = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
    if (fields.length != 6) {
      throw new IllegalStateException("no case of a token: " + line);
    }
    return new TokenCase(
        fields[0],
        fields[1],
        object(fields[2]),
        object(fields[3]),
        IssuerKeys.Signer.valueOf(fields[4].toUpperCase(Locale.ROOT).replace('-', '_')),
        fields[5].equals(SIGNED_IN)
            ? Set.of()
            : Arrays.stream(fields[5].split(" ")).collect(Collectors.toUnmodifiableSet()));
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) JSON.readTree(json);
  }
}
