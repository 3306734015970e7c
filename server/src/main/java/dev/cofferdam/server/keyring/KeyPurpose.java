package dev.cofferdam.server.keyring;

import static dev.cofferdam.server.keyring.KeyKind.ENCRYPTION;
import static dev.cofferdam.server.keyring.KeyKind.MAC;
import static dev.cofferdam.server.keyring.KeyKind.SIGNATURE_ED25519;
import static dev.cofferdam.server.keyring.KeyKind.SIGNATURE_P256;

import java.time.Duration;
import java.util.Arrays;

/**
 * What a key is for: exactly one thing, so that rotating or losing it touches nothing else. The
 * table of docs/design/keyring.md, in code.
 */
public enum KeyPurpose {
  SESSION("session", MAC, Holder.PLATFORM, days(30), days(1), "browser sessions"),
  CSRF("csrf", MAC, Holder.PLATFORM, days(7), days(1), "forms that are open in a browser"),
  INVITE("invite", MAC, Holder.PLATFORM, days(90), days(30), "invitations not yet accepted"),
  TOKEN("token", MAC, Holder.PLATFORM, days(90), days(370), "tokens of people and services"),
  BOOTSTRAP(
      "bootstrap",
      MAC,
      Holder.PLATFORM,
      days(30),
      days(2),
      "bootstrap tokens not yet used by a node"),
  ACCESS_TOKEN("access-token", SIGNATURE_P256, Holder.PLATFORM, days(90), days(1), "access tokens"),
  CODE("code", MAC, Holder.PLATFORM, days(30), days(1), "authorization codes not yet redeemed"),
  REFRESH("refresh", MAC, Holder.PLATFORM, days(90), days(90), "refresh tokens"),
  DEVICE("device", MAC, Holder.PLATFORM, days(30), days(1), "device codes being approved"),
  CURSOR("cursor", ENCRYPTION, Holder.PLATFORM, days(30), days(1), "positions in long lists"),
  TICKET("ticket", MAC, Holder.PLATFORM, days(30), days(1), "download and progress tickets"),
  UPLOAD("upload", MAC, Holder.PLATFORM, days(30), days(1), "uploads not yet finished"),
  EVENT(
      "event",
      SIGNATURE_ED25519,
      Holder.TENANT,
      days(365),
      days(30),
      "the signatures of events not yet delivered"),
  CHECKPOINT(
      "checkpoint",
      SIGNATURE_ED25519,
      Holder.TENANT,
      days(730),
      days(3650),
      "new checkpoints of the tenant's log; the old ones stay verifiable"),
  PLATFORM_CHECKPOINT(
      "platform-checkpoint",
      SIGNATURE_ED25519,
      Holder.PLATFORM,
      days(730),
      days(3650),
      "new checkpoints of the platform's log; the old ones stay verifiable"),
  DATA("data", ENCRYPTION, Holder.TENANT, days(365), days(3650), "the tenant's secrets at rest"),
  SUBJECT(
      "subject",
      ENCRYPTION,
      Holder.SUBJECT,
      days(3650),
      days(3650),
      "the personal data of one person; the proofs over it stay valid"),
  COLUMN(
      "column",
      ENCRYPTION,
      Holder.TENANT,
      days(365),
      days(3650),
      "the tenant's encrypted columns, such as the secrets of its own IdP"),
  PLATFORM_COLUMN(
      "platform-column",
      ENCRYPTION,
      Holder.PLATFORM,
      days(365),
      days(3650),
      "the platform's encrypted columns, such as the secrets of its IdP"),
  BACKUP("backup", ENCRYPTION, Holder.PLATFORM, days(90), days(400), "encrypted backups");

  /** Whose rings a purpose has. */
  public enum Holder {
    /** One ring for the platform. */
    PLATFORM,
    /** One ring for each tenant. */
    TENANT,
    /** One ring for each person or node of a tenant. */
    SUBJECT
  }

  private final String label;
  private final KeyKind kind;
  private final Holder holder;
  private final Duration activeFor;
  private final Duration verifiesFor;
  private final String diesWithIt;

  KeyPurpose(
      String label,
      KeyKind kind,
      Holder holder,
      Duration activeFor,
      Duration verifiesFor,
      String diesWithIt) {
    this.label = label;
    this.kind = kind;
    this.holder = holder;
    this.activeFor = activeFor;
    this.verifiesFor = verifiesFor;
    this.diesWithIt = diesWithIt;
  }

  /** The purpose as it is stored and shown. Never changed: every wrapped key is bound to it. */
  public String label() {
    return label;
  }

  public KeyKind kind() {
    return kind;
  }

  public Holder holder() {
    return holder;
  }

  /** How long a key makes new artefacts before it is due to be rotated. */
  public Duration activeFor() {
    return activeFor;
  }

  /** How long after its rotation a key still verifies or decrypts what it made. */
  public Duration verifiesFor() {
    return verifiesFor;
  }

  /** What is lost when a key of this purpose is destroyed, in words for the operator. */
  public String diesWithIt() {
    return diesWithIt;
  }

  /**
   * The purpose of a label.
   *
   * @throws IllegalArgumentException when there is none, naming those that are
   */
  public static KeyPurpose of(String label) {
    for (KeyPurpose purpose : values()) {
      if (purpose.label.equals(label)) {
        return purpose;
      }
    }
    throw new IllegalArgumentException(
        "`"
            + label
            + "` is not the purpose of a key; there are "
            + String.join(", ", Arrays.stream(values()).map(KeyPurpose::label).toList()));
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
