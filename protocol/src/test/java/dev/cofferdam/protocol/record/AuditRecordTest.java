package dev.cofferdam.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditRecordTest {
  private static final AuditRecord READ =
      new AuditRecord(
          UUID.fromString("019aad2e-6f00-7abc-8def-0123456789ab"),
          "tenant/019aad2e-0000-7000-8000-000000000001",
          Instant.parse("2026-11-22T17:00:00.123456Z"),
          new Party("node", "019aad2e-0000-7000-8000-000000000002"),
          "secret.read",
          new Party("secret", "db-password"),
          Outcome.DONE,
          null,
          "req-1",
          Map.of("version", "3"),
          null,
          null);

  private static final String ENCODED =
      """
      {"action":"secret.read",\
      "actor":{"id":"019aad2e-0000-7000-8000-000000000002","kind":"node"},\
      "details":{"version":"3"},\
      "id":"019aad2e-6f00-7abc-8def-0123456789ab",\
      "log":"tenant/019aad2e-0000-7000-8000-000000000001",\
      "object":{"id":"db-password","kind":"secret"},\
      "outcome":"done","request":"req-1","time":"2026-11-22T17:00:00.123456Z","v":1}""";

  @Test
  void aRecordHasOneEncoding() {
    assertThat(new String(READ.encode(), StandardCharsets.UTF_8)).isEqualTo(ENCODED);
    assertThat(decode(ENCODED)).isEqualTo(READ);
  }

  @Test
  void aCountedRefusalComesBackAsItWas() {
    AuditRecord counted =
        new AuditRecord(
            READ.id(),
            "platform",
            READ.time(),
            new Party("address", "192.0.2.7"),
            "request.refused",
            null,
            Outcome.DENIED,
            "unauthenticated",
            null,
            Map.of(),
            "ab".repeat(32),
            new Repetition(2000, Instant.parse("2026-11-22T17:01:00Z")));

    assertThat(AuditRecord.decode(counted.encode())).isEqualTo(counted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "\"v\":1|\"v\":2",
        "\"v\":1|\"v\":1,\"w\":1",
        "\"outcome\":\"done\"|\"outcome\":\"granted\"",
        "\"outcome\":\"done\"|\"outcome\":\"denied\"",
        "17:00:00.123456Z|17:00:00.123Z",
        "17:00:00.123456Z|17:00:00.1234567Z",
        "17:00:00.123456Z|25:00:00.123456Z",
        "tenant/019a|tenants/019a",
        "019aad2e-6f00-7abc|019AAD2E-6f00-7abc",
        "\"kind\":\"node\"|\"kind\":\"Node\"",
        "\"kind\":\"node\"|\"kind\":\"node\",\"name\":\"x\"",
        "secret.read|secret",
        "{\"version\":\"3\"}|{}",
        "{\"version\":\"3\"}|{\"version\":3}",
        "\"request\":\"req-1\"|\"request\":\"\"",
      })
  void whatIsNotARecordOfThisVersionIsRefused(String part, String instead) {
    assertThat(ENCODED).contains(part);
    assertThatIllegalArgumentException().isThrownBy(() -> decode(ENCODED.replace(part, instead)));
  }

  private static AuditRecord decode(String text) {
    return AuditRecord.decode(text.getBytes(StandardCharsets.UTF_8));
  }
}
