package dev.cofferdam.protocol.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretReadTest {
  private static final UUID TENANT = new UUID(1, 1);
  private static final UUID NODE = new UUID(1, 2);
  private static final String KEY = "k".repeat(43);
  private static final SecretAddress ADDRESS =
      new SecretAddress(TENANT, NODE, KEY, new UUID(1, 4), new SecretName("name"), 3);
  private static final byte[] SEALED = {1, 2, 3};

  @Test
  void aRecordIsOfTheReadThatItNamesAndOfNoOther() {
    AuditRecord record = record("tenant/" + TENANT, NODE, SecretRead.ACTION, Outcome.DONE);

    assertThat(SecretRead.isOf(record, ADDRESS, SEALED)).isTrue();
    assertThat(SecretRead.isOf(record, ADDRESS, new byte[] {1, 2, 4})).isFalse();
    assertThat(
            SecretRead.isOf(
                record,
                new SecretAddress(TENANT, NODE, KEY, new UUID(1, 4), new SecretName("name"), 4),
                SEALED))
        .isFalse();
  }

  @Test
  void whatAnotherDidElsewhereOrWasDeniedIsNoRead() {
    assertThat(isOf(record("tenant/" + NODE, NODE, SecretRead.ACTION, Outcome.DONE))).isFalse();
    assertThat(isOf(record("tenant/" + TENANT, TENANT, SecretRead.ACTION, Outcome.DONE))).isFalse();
    assertThat(isOf(record("tenant/" + TENANT, NODE, "secret.view", Outcome.DONE))).isFalse();
    assertThat(isOf(record("tenant/" + TENANT, NODE, SecretRead.ACTION, Outcome.DENIED))).isFalse();
  }

  private static boolean isOf(AuditRecord record) {
    return SecretRead.isOf(record, ADDRESS, SEALED);
  }

  private static AuditRecord record(String log, UUID node, String action, Outcome outcome) {
    return new AuditRecord(
        new UUID(7, 7),
        log,
        Instant.EPOCH,
        new Party("node", node.toString()),
        action,
        new Party("secret", new UUID(8, 8).toString()),
        outcome,
        outcome == Outcome.DONE ? null : "not_found",
        null,
        Map.copyOf(SecretRead.details(ADDRESS, SEALED)),
        null,
        null);
  }
}
