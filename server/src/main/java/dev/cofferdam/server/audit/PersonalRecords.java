package dev.cofferdam.server.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.server.keyring.KeyId;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingKey;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What records say of persons, sealed under each person's key in the tenant. Reads and writes in
 * the bound tenant's scope.
 */
public final class PersonalRecords {
  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

  private final JdbcClient app;
  private final Keyring keyring;

  PersonalRecords(JdbcClient app, Keyring keyring) {
    this.app = app;
    this.keyring = keyring;
  }

  /** What is known of the person that a record is about. */
  public sealed interface Found {
    /** This. */
    record Known(PersonalData data) implements Found {}

    /** It was erased: its key is destroyed. */
    record Erased() implements Found {}

    /** The record never had any. */
    record None() implements Found {}
  }

  private record Row(UUID subjectId, UUID keyId, byte[] dataSealed) {}

  /** Seals and stores; gives the digest by which the record names it. */
  String seal(LogId log, RecordId record, PersonalData data) {
    TenantId tenant = tenant(log);
    byte[] plaintext = JSON.writeValueAsBytes(data.fields());
    Ring ring = new Ring.OfSubject(tenant, data.subject(), KeyPurpose.SUBJECT);
    try (RingKey key = keyring.active(ring)) {
      byte[] sealed = key.seal(aad(tenant, record), plaintext);
      app.sql(
              """
              insert into audit.personal (tenant_id, record_id, subject_id, key_id, data_sealed)
              values (:tenant, :record, :subject, :key, :sealed)
              """)
          .param("tenant", tenant.value())
          .param("record", record.value())
          .param("subject", data.subject())
          .param("key", key.info().id().value())
          .param("sealed", sealed)
          .update();
      return digest(sealed);
    }
  }

  /** What is known of the person that a record of the bound tenant is about. */
  public Found find(RecordId record) {
    TenantId tenant = Tenants.current();
    Optional<Row> row =
        app.sql(
                """
                select subject_id, key_id, data_sealed from audit.personal
                 where tenant_id = :tenant and record_id = :record
                """)
            .param("tenant", tenant.value())
            .param("record", record.value())
            .query(Row.class)
            .optional();
    if (row.isEmpty()) {
      return new Found.None();
    }
    UUID subject = row.get().subjectId();
    return keyring
        .find(new Ring.OfSubject(tenant, subject, KeyPurpose.SUBJECT), new KeyId(row.get().keyId()))
        .map(key -> open(key, tenant, record, row.get()))
        .orElseGet(Found.Erased::new);
  }

  /**
   * Erases everything that the bound tenant's records say of a person, by destroying the person's
   * key. What is destroyed is announced, and so recorded.
   */
  public void erase(UUID subject) {
    keyring.destroyAll(new Ring.OfSubject(Tenants.current(), subject, KeyPurpose.SUBJECT));
  }

  private static Found open(RingKey key, TenantId tenant, RecordId record, Row row) {
    try (key) {
      return switch (key.open(aad(tenant, record), row.dataSealed())) {
        case Opening.Opened opened -> {
          Map<String, String> fields =
              opened.plaintext().lend(ACCESS, bytes -> JSON.readValue(bytes, FIELDS));
          opened.plaintext().close();
          yield new Found.Known(new PersonalData(row.subjectId(), fields));
        }
        case Opening.Refused refused ->
            throw new IllegalStateException(
                "the personal data of record " + record + " were altered or moved");
      };
    }
  }

  private static TenantId tenant(LogId log) {
    return switch (log) {
      case LogId.OfTenant tenant -> tenant.tenant();
      case LogId.OfPlatform platform ->
          throw new IllegalArgumentException("the platform's log holds no personal data");
    };
  }

  private static byte[] aad(TenantId tenant, RecordId record) {
    return ("cofferdam/1/personal/" + tenant + "/" + record).getBytes(US_ASCII);
  }

  private static String digest(byte[] sealed) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sealed));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }
}
