package dev.cofferdam.server.audit.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.protocol.record.Repetition;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How records are written. */
public enum ExportFormat {
  /**
   * JSON Lines: {@code {"index":0,"record":…}} with the record byte for byte as the log commits to
   * it, and at the end {@code {"checkpoint":"…"}} with the signed checkpoint.
   */
  JSON_LINES("application/jsonl") {
    @Override
    void begin(OutputStream out) {}

    @Override
    void record(long index, byte[] record, OutputStream out) throws IOException {
      out.write(("{\"index\":" + index + ",\"record\":").getBytes(UTF_8));
      out.write(record);
      out.write("}\n".getBytes(UTF_8));
    }

    @Override
    void end(Note checkpoint, OutputStream out) throws IOException {
      String text = JsonMapper.shared().writeValueAsString(checkpoint.toString());
      out.write(("{\"checkpoint\":" + text + "}\n").getBytes(UTF_8));
    }
  },

  /** CSV (RFC 4180) for spreadsheets: nothing in it is taken for a formula. */
  CSV("text/csv; charset=utf-8; header=present") {
    @Override
    void begin(OutputStream out) throws IOException {
      out.write((String.join(",", COLUMNS) + "\r\n").getBytes(UTF_8));
    }

    @Override
    void record(long index, byte[] record, OutputStream out) throws IOException {
      AuditRecord read = AuditRecord.decode(record);
      Party object = read.object();
      Repetition repetition = read.repetition();
      String line =
          cells(
              Long.toString(index),
              read.id().toString(),
              read.time().toString(),
              read.actor().kind(),
              read.actor().id(),
              read.action(),
              object == null ? null : object.kind(),
              object == null ? null : object.id(),
              read.outcome().word(),
              read.code(),
              read.request(),
              repetition == null ? null : Long.toString(repetition.count()),
              read.details().isEmpty()
                  ? null
                  : JsonMapper.shared().writeValueAsString(read.details()));
      out.write((line + "\r\n").getBytes(UTF_8));
    }

    @Override
    void end(Note checkpoint, OutputStream out) {}
  };

  private static final String[] COLUMNS = {
    "index",
    "id",
    "time",
    "actor_kind",
    "actor_id",
    "action",
    "object_kind",
    "object_id",
    "outcome",
    "code",
    "request",
    "count",
    "details"
  };

  private final String mediaType;

  ExportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** For HTTP. */
  public String mediaType() {
    return mediaType;
  }

  abstract void begin(OutputStream out) throws IOException;

  abstract void record(long index, byte[] record, OutputStream out) throws IOException;

  abstract void end(Note checkpoint, OutputStream out) throws IOException;

  private static String cells(@Nullable String... values) {
    return Arrays.stream(values).map(ExportFormat::cell).collect(Collectors.joining(","));
  }

  /**
   * A spreadsheet takes what begins with one of these for a formula; an apostrophe before it makes
   * it text (OWASP, CSV injection).
   */
  private static String cell(@Nullable String value) {
    if (value == null) {
      return "";
    }
    String text =
        !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return text.chars().anyMatch(unit -> unit == '"' || unit == ',' || unit < ' ')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
