package dev.cofferdam.review.web;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What denied means (../shared/findings.md): a documented code, the same answer whether a thing is
 * another's or missing, and one durable record of it. Each of the three is a fault of its own.
 */
public final class Denial {
  /** The codes that deny something to whoever is known; the server records each of them. */
  private static final Set<String> CODES =
      Set.of(
          "insufficient_user_authentication",
          "forbidden",
          "insufficient_scope",
          "person_required",
          "workspace_required",
          "tenant_closed",
          "cross_site_request",
          "address_mismatch",
          "address_not_allowed",
          "not_found");

  /** Of these an answer says something new each time. */
  private static final Set<String> OWN_TO_EACH =
      Set.of("date", "cofferdam-request-id", "keep-alive", "connection");

  private Denial() {}

  /** Whether the answer denies something, and is not merely wrong. */
  public static boolean is(Reply reply) {
    return CODES.contains(reply.code());
  }

  /** What is wrong with the answer itself: undocumented, or not even a problem. */
  public static Optional<String> undocumented(Asked asked) {
    Reply reply = asked.reply();
    if (reply.isDone() || bodiless(asked)) {
      return Optional.empty();
    }
    boolean problem =
        reply.field("Content-Type").orElse("").startsWith("application/problem+json")
            && reply.member("request_id").equals(reply.requestId());
    if (!problem) {
      return Optional.of(asked.told() + ", which is no problem document");
    }
    return asked.route().codes().contains(reply.code())
        ? Optional.empty()
        : Optional.of(asked.told() + ", which its document does not name");
  }

  private static boolean bodiless(Asked asked) {
    return asked.ask().method().equals("HEAD");
  }

  /** By what the two can be told apart. */
  public static Optional<String> difference(Reply one, Reply other) {
    return difference(one, "", other, "");
  }

  /**
   * The same, where each may say again what it was asked for.
   *
   * @param askedOfOne an id, or empty
   */
  public static Optional<String> difference(
      Reply one, String askedOfOne, Reply other, String askedOfOther) {
    if (one.status() != other.status()) {
      return Optional.of("status " + one.status() + " and " + other.status());
    }
    String first = body(one, askedOfOne);
    String second = body(other, askedOfOther);
    if (!first.equals(second)) {
      return Optional.of("body `" + first + "` and `" + second + "`");
    }
    return fields(one).equals(fields(other))
        ? Optional.empty()
        : Optional.of("header fields " + fields(one) + " and " + fields(other));
  }

  private static String body(Reply reply, String asked) {
    String id = reply.requestId();
    String text = asked.isEmpty() ? reply.text() : reply.text().replace(asked, "<asked>");
    return id.isEmpty() ? text : text.replace(id, "<request>");
  }

  private static List<Ask.Field> fields(Reply reply) {
    return reply.fields().stream()
        .filter(field -> !OWN_TO_EACH.contains(field.name().toLowerCase(Locale.ROOT)))
        .map(Denial::withoutCount)
        .toList();
  }

  /** How much is left changes with each request; which limit it is of must not. */
  private static Ask.Field withoutCount(Ask.Field field) {
    return field.name().equalsIgnoreCase("RateLimit")
        ? new Ask.Field(field.name(), field.value().replaceAll("=[0-9]+", "="))
        : field;
  }

  /**
   * What is wrong with the record of a denial of somebody known: there is to be one in the log of
   * whoever was denied, and no log has two. Another's log may have it as well, where it was their
   * thing that somebody had the secret of.
   *
   * @param who was denied
   */
  public static Optional<String> unrecorded(Asked asked, Resident who, Trail trail) {
    List<AuditRecord> records = trail.of(asked.reply().requestId());
    long logs = records.stream().map(AuditRecord::log).distinct().count();
    if (records.isEmpty() || logs < records.size()) {
      return Optional.of(asked.told() + ", of which there are " + records.size() + " records");
    }
    boolean theirs =
        records.stream()
            .allMatch(
                record ->
                    record.outcome() == Outcome.DENIED
                        && record.actor().id().equals(who.person().toString())
                        && (asked.reply().code().equals(record.code()) || bodiless(asked)));
    boolean named =
        records.stream().anyMatch(record -> record.action().equals(asked.route().action()));
    return theirs && named
        ? Optional.empty()
        : Optional.of(asked.told() + ", recorded as " + records);
  }

  /** What a number of answers came to, in a line. */
  public static String summary(List<Asked> all) {
    return all.stream()
        .collect(
            Collectors.groupingBy(
                asked -> asked.reply().brief(), java.util.TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getValue() + " × " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
