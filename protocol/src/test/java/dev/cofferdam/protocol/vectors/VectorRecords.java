package dev.cofferdam.protocol.vectors;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.protocol.record.Repetition;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Records with every field and every awkward character, and what is no record. */
final class VectorRecords {
  private static final UUID ID = UUID.fromString("019aad2e-6f00-7abc-8def-0123456789ab");
  private static final String TENANT = "tenant/019aad2e-0000-7000-8000-000000000001";
  private static final Party NODE = new Party("node", "019aad2e-0000-7000-8000-000000000002");

  private VectorRecords() {}

  static Map<String, AuditRecord> good() {
    Map<String, AuditRecord> records = new LinkedHashMap<>();
    records.put("smallest", plain(Map.of()));
    records.put(
        "every field",
        new AuditRecord(
            ID,
            TENANT,
            VectorLog.BEGIN,
            NODE,
            "secret.read",
            new Party("secret", "db-password"),
            Outcome.DENIED,
            "not_found",
            "req-1",
            Map.of("version", "3", "address", "192.0.2.7"),
            "ab".repeat(32),
            new Repetition(1, VectorLog.BEGIN)));
    records.put(
        "counted",
        new AuditRecord(
            ID,
            "platform",
            VectorLog.BEGIN,
            new Party("address", "192.0.2.7"),
            "request.refused",
            null,
            Outcome.DENIED,
            "unauthenticated",
            null,
            Map.of(),
            null,
            new Repetition(9_007_199_254_740_991L, VectorLog.BEGIN.plusSeconds(60))));
    records.put("escapes", plain(Map.of("text", "\"\\/\b\t\n\f\r\u0000\u001f\u007f")));
    records.put("beyond ascii", plain(Map.of("text", "é €  𝄞 \uffff")));
    records.put("order of members", plain(Map.of("a_b", "1", "ab", "2", "a", "3", "b", "")));
    return records;
  }

  /** Texts that a reader must refuse, by the reason. */
  static Map<String, String> refused() {
    String good = new String(plain(Map.of("a", "x", "b", "y")).encode(), StandardCharsets.UTF_8);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("empty", "");
    texts.put("no object", "\"record\"");
    texts.put("blank between members", good.replace(",\"actor\"", ", \"actor\""));
    texts.put("newline at the end", good + "\n");
    texts.put(
        "members out of order", good.replace("\"a\":\"x\",\"b\":\"y\"", "\"b\":\"y\",\"a\":\"x\""));
    texts.put("member twice", good.replace("\"a\":\"x\"", "\"a\":\"x\",\"a\":\"x\""));
    texts.put("escape that is not needed", good.replace("\"x\"", "\"\\u0078\""));
    texts.put("slash escaped", good.replace("\"x\"", "\"\\/\""));
    texts.put("hex digits of an escape in capitals", good.replace("\"x\"", "\"\\u001F\""));
    texts.put("half of a surrogate pair", good.replace("\"x\"", "\"\\ud834\""));
    texts.put("unknown field", good.replace("{\"action\"", "{\"aaa\":\"x\",\"action\""));
    texts.put("another version", good.replace("\"v\":1", "\"v\":2"));
    texts.put("no version", good.replace(",\"v\":1", ""));
    texts.put("version as a fraction", good.replace("\"v\":1", "\"v\":1.0"));
    texts.put("version as a string", good.replace("\"v\":1", "\"v\":\"1\""));
    texts.put(
        "id in capitals",
        good.replace(ID.toString(), ID.toString().toUpperCase(java.util.Locale.ROOT)));
    texts.put("time in milliseconds", good.replace(".000001Z", ".001Z"));
    texts.put("time with an offset", good.replace("000001Z", "000001+00:00"));
    texts.put("log of nobody", good.replace(TENANT, "tenant/acme"));
    texts.put("action without a dot", good.replace("\"secret.read\"", "\"read\""));
    texts.put("outcome unknown", good.replace("\"done\"", "\"allowed\""));
    texts.put(
        "code on what was done", good.replace("\"details\"", "\"code\":\"not_found\",\"details\""));
    texts.put("denied without a code", good.replace("\"done\"", "\"denied\""));
    texts.put("details empty instead of left out", good.replace("{\"a\":\"x\",\"b\":\"y\"}", "{}"));
    texts.put("detail that is a number", good.replace("\"x\"", "1"));
    texts.put(
        "null for a field that is not there",
        good.replace("\"time\"", "\"request\":null,\"time\""));
    texts.put("array", good.replace("\"x\"", "[\"x\"]"));
    texts.put("count without its end", good.replace("\"details\"", "\"count\":1,\"details\""));
    texts.put("byte order mark", "\ufeff" + good);
    return texts;
  }

  private static AuditRecord plain(Map<String, String> details) {
    return new AuditRecord(
        ID,
        TENANT,
        VectorLog.BEGIN,
        NODE,
        "secret.read",
        null,
        Outcome.DONE,
        null,
        null,
        details,
        null,
        null);
  }
}
