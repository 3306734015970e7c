package dev.cofferdam.protocol.record;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record as the members of an object. Every member that is read is used up; one
 * left over is unknown.
 */
final class RecordFields {
  private final Map<String, Json> members;

  private RecordFields(Json value) {
    if (!(value instanceof Json.Members(Map<String, Json> all))) {
      throw new IllegalArgumentException("an object expected");
    }
    members = new HashMap<>(all);
  }

  static Json toJson(AuditRecord record) {
    Map<String, Json> members = new TreeMap<>();
    members.put("v", new Json.Int(AuditRecord.VERSION));
    members.put("id", new Json.Text(record.id().toString()));
    members.put("log", new Json.Text(record.log()));
    members.put("time", new Json.Text(Moment.text(record.time())));
    members.put("actor", party(record.actor()));
    members.put("action", new Json.Text(record.action()));
    members.put("outcome", new Json.Text(record.outcome().word()));
    putText(members, "code", record.code());
    putText(members, "request", record.request());
    putText(members, "personal", record.personal());
    Party object = record.object();
    if (object != null) {
      members.put("object", party(object));
    }
    if (!record.details().isEmpty()) {
      Map<String, Json> details = new TreeMap<>();
      record.details().forEach((name, text) -> details.put(name, new Json.Text(text)));
      members.put("details", new Json.Members(details));
    }
    Repetition repetition = record.repetition();
    if (repetition != null) {
      members.put("count", new Json.Int(repetition.count()));
      members.put("until", new Json.Text(Moment.text(repetition.until())));
    }
    return new Json.Members(members);
  }

  static AuditRecord fromJson(Json value) {
    RecordFields fields = new RecordFields(value);
    if (!new Json.Int(AuditRecord.VERSION).equals(fields.members.remove("v"))) {
      throw new IllegalArgumentException("not a record of version " + AuditRecord.VERSION);
    }
    AuditRecord record =
        new AuditRecord(
            id(fields.text("id")),
            fields.text("log"),
            Moment.parse(fields.text("time")),
            fields.within("actor", RecordFields::party),
            fields.text("action"),
            fields.has("object") ? fields.within("object", RecordFields::party) : null,
            fields.outcome(),
            fields.textOrNull("code"),
            fields.textOrNull("request"),
            fields.has("details") ? fields.within("details", RecordFields::texts) : Map.of(),
            fields.textOrNull("personal"),
            fields.repetition());
    fields.requireEmpty();
    return record;
  }

  private static Json party(Party party) {
    return new Json.Members(
        Map.of("kind", new Json.Text(party.kind()), "id", new Json.Text(party.id())));
  }

  private static void putText(Map<String, Json> members, String name, @Nullable String text) {
    if (text != null) {
      members.put(name, new Json.Text(text));
    }
  }

  private static UUID id(String text) {
    UUID id = UUID.fromString(text);
    if (!id.toString().equals(text)) {
      throw new IllegalArgumentException("`" + text + "` is not a UUID as it is written");
    }
    return id;
  }

  private Outcome outcome() {
    String word = text("outcome");
    return Outcome.of(word)
        .orElseThrow(() -> new IllegalArgumentException("`" + word + "` is no outcome"));
  }

  private @Nullable Repetition repetition() {
    if (!has("count") && !has("until")) {
      return null;
    }
    if (!(members.remove("count") instanceof Json.Int(long count))) {
      throw new IllegalArgumentException("`count` is an integer");
    }
    return new Repetition(count, Moment.parse(text("until")));
  }

  private static Party party(RecordFields fields) {
    return new Party(fields.text("kind"), fields.text("id"));
  }

  private static Map<String, String> texts(RecordFields fields) {
    if (fields.members.isEmpty()) {
      throw new IllegalArgumentException("no details are left out, not empty");
    }
    Map<String, String> texts = new HashMap<>();
    for (String name : Map.copyOf(fields.members).keySet()) {
      texts.put(name, fields.text(name));
    }
    return texts;
  }

  private boolean has(String name) {
    return members.containsKey(name);
  }

  private @Nullable String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  private String text(String name) {
    if (members.remove(name) instanceof Json.Text(String text)) {
      return text;
    }
    throw new IllegalArgumentException("`" + name + "` is a string and must be there");
  }

  private <T> T within(String name, Function<RecordFields, T> read) {
    Json value = members.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("`" + name + "` must be there");
    }
    RecordFields inner = new RecordFields(value);
    T result = read.apply(inner);
    inner.requireEmpty();
    return result;
  }

  private void requireEmpty() {
    if (!members.isEmpty()) {
      throw new IllegalArgumentException("unknown fields " + members.keySet());
    }
  }
}
