package dev.cofferdam.review.web;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Session;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of a clone: all logs, and what waits for them. Read as a superuser, who is no part of
 * any attack: what an attack left behind is judged by it.
 */
public final class Trail {
  private final List<AuditRecord> records;
  private final Map<String, List<AuditRecord>> byRequest = new HashMap<>();

  private Trail(List<AuditRecord> records) {
    this.records = List.copyOf(records);
    for (AuditRecord record : records) {
      String request = record.request();
      if (request != null) {
        byRequest.computeIfAbsent(request, _ -> new ArrayList<>()).add(record);
      }
    }
  }

  /** Reads them, each once. */
  public static Trail of(Session superuser) {
    Answer answer =
        superuser.must(
            """
            select convert_from(record, 'UTF8') from (
              select record_id, record from audit.leaf
              union select record_id, record from audit.platform_leaf
              union select record_id, record from audit.outbox) r order by record_id
            """);
    List<AuditRecord> records = new ArrayList<>();
    if (answer instanceof Answer.Rows(var rows)) {
      rows.forEach(
          row ->
              records.add(
                  AuditRecord.decode(
                      String.valueOf(row.getFirst()).getBytes(StandardCharsets.UTF_8))));
    }
    return new Trail(records);
  }

  /** Every record, in the order in which they were made. */
  public List<AuditRecord> all() {
    return records;
  }

  /** Those of one request. */
  public List<AuditRecord> of(String requestId) {
    return byRequest.getOrDefault(requestId, List.of());
  }
}
