package dev.cofferdam.server.edge.document;

import static dev.cofferdam.server.edge.document.Schemas.ordered;

import dev.cofferdam.server.surface.RequestId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The header fields of answers, told once and referred to from every operation. */
final class HeaderFields {
  private static final String LIMITED = "RateLimit";
  private static final String POLICY = "RateLimit-Policy";
  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String WAIT = "Retry-After";

  /** Of every success. */
  static final Set<String> EVERYWHERE = Set.of(RequestId.HEADER, LIMITED, POLICY);

  /** Of what has its record, and the receipt for that. */
  static final Set<String> RECORDED = Set.of("Cofferdam-Record-Id", "Cofferdam-Receipt", "Link");

  /** Of what is given away with its record. */
  static final Set<String> DISCLOSED =
      Set.of("Cofferdam-Record", "Cofferdam-Key-Id", "Cofferdam-Secret-Version");

  /** Of what can be changed on condition that nobody else did. */
  static final Set<String> VERSIONED = Set.of("ETag");

  private static final Map<String, String> TOLD =
      Map.ofEntries(
          Map.entry(
              RequestId.HEADER,
              "The server's own name for this request, in its logs and records too."),
          Map.entry(LIMITED, "What is left of the limit (draft-ietf-httpapi-ratelimit-headers)."),
          Map.entry(POLICY, "The limit that this request counted against."),
          Map.entry("Cofferdam-Record-Id", "The id of the record of what was done."),
          Map.entry(
              "Cofferdam-Receipt",
              "The receipt of that record, in Base64: `cofferdam-node` verifies it without the server."),
          Map.entry("Cofferdam-Record", "That record itself, in Base64: what the receipt is for."),
          Map.entry(
              "Cofferdam-Key-Id", "The thumbprint of the receiving key that it is sealed to."),
          Map.entry("Cofferdam-Secret-Version", "Which version of the secret it is."),
          Map.entry(
              "Link",
              "Where the receipt is (`rel=\"receipt\"`) when it is too long for a header field."),
          Map.entry("ETag", "The version of what was answered, for `If-Match`."),
          Map.entry(
              CHALLENGE,
              "What the credential lacks: RFC 6750 for a token, RFC 9470 for a sign-in that is too weak or too old."),
          Map.entry(WAIT, "Seconds after which to try again, when that is known."));

  private HeaderFields() {}

  /** Of a refusal of this status, besides what each has. */
  static Set<String> refusal(int status) {
    return switch (status) {
      case 401, 403 -> Set.of(CHALLENGE);
      case 429 -> Set.of(LIMITED, POLICY, WAIT);
      case 503 -> Set.of(WAIT);
      default -> Set.of();
    };
  }

  static Map<String, Object> of(Set<String> names) {
    return names.stream()
        .collect(
            Collectors.toMap(
                Function.identity(), name -> Map.of("$ref", "#/components/headers/" + name)));
  }

  /** All that the others refer to. */
  static Map<String, Object> components() {
    return TOLD.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                told -> ordered("description", told.getValue(), "schema", Map.of("type", "string")),
                (one, other) -> one,
                TreeMap::new));
  }
}
