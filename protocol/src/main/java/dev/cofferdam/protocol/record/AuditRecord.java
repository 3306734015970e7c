package dev.cofferdam.protocol.record;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One leaf of an audit log: who did what to which thing, when, and how it ended. Holds nothing
 * secret and nothing about a person but ids; what else is known of a person is kept apart, sealed,
 * and named here by its digest alone.
 *
 * @param id of the record, a UUIDv7
 * @param log that the record belongs to, so that it cannot be passed off as another tenant's
 * @param time in whole microseconds; of the first event where it stands for several
 * @param action for example {@code secret.read}
 * @param object what it was done to, or null where there is none
 * @param code why it was denied or failed, from the catalogue of problems; null when it was done
 * @param request id of the request, or null outside one
 * @param details names as in {@code action}'s words, values of at most 1,000 characters, at most 32
 * @param personal SHA-256 in hex of the sealed personal data that belongs to this record, or null
 * @param repetition null where the record stands for one event
 */
public record AuditRecord(
    UUID id,
    String log,
    Instant time,
    Party actor,
    String action,
    @Nullable Party object,
    Outcome outcome,
    @Nullable String code,
    @Nullable String request,
    Map<String, String> details,
    @Nullable String personal,
    @Nullable Repetition repetition) {
  /** The version that is written, and the only one that is read. */
  public static final int VERSION = 1;

  /** The most bytes that an encoded record may have. */
  public static final int LONGEST = 32 * 1024;

  private static final Pattern LOG = Pattern.compile("platform|tenant/[0-9a-f-]{36}");
  private static final Pattern ACTION = Pattern.compile("[a-z][a-z_]*(\\.[a-z][a-z_]*){1,3}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public AuditRecord {
    Objects.requireNonNull(id, "id");
    require(LOG.matcher(log).matches(), "log", log);
    Moment.requireMicros(time);
    require(ACTION.matcher(action).matches() && action.length() <= 80, "action", action);
    require(code == null || Party.WORD.matcher(code).matches(), "code", code);
    require((code == null) == (outcome == Outcome.DONE), "code for this outcome", code);
    require(request == null || (!request.isEmpty() && request.length() <= 80), "request", request);
    require(personal == null || DIGEST.matcher(personal).matches(), "digest", personal);
    details = new TreeMap<>(details);
    require(details.size() <= 32, "set of details", details.size());
    details.forEach(
        (name, value) -> {
          require(Party.WORD.matcher(name).matches(), "name of a detail", name);
          require(value.length() <= 1000, "value of `" + name + "`", value.length());
        });
  }

  private static void require(boolean fits, String what, @Nullable Object found) {
    if (!fits) {
      throw new IllegalArgumentException("`" + found + "` is no " + what + " of a record");
    }
  }

  /** The one encoding of this record: what the log hashes. */
  public byte[] encode() {
    byte[] bytes = JsonWriter.write(RecordFields.toJson(this));
    require(bytes.length <= LONGEST, "length in bytes", bytes.length);
    return bytes;
  }

  /**
   * The record with this encoding.
   *
   * @throws IllegalArgumentException when it is no record of the version known here
   */
  public static AuditRecord decode(byte[] bytes) {
    require(bytes.length <= LONGEST, "length in bytes", bytes.length);
    return RecordFields.fromJson(JsonReader.read(bytes));
  }
}
