package dev.cofferdam.protocol.secret;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import java.util.Map;

/**
 * What the record says of a node's reading a secret. Together with the receipt of that record it
 * says that the tenant's log stands for these bytes.
 */
public final class SecretRead {
  /** The action of the record. */
  public static final String ACTION = "secret.read";

  private SecretRead() {}

  /** The details of the record: which secret, sealed to which key, and what left. */
  public static Map<String, String> details(SecretAddress address, byte[] sealed) {
    return Map.of(
        "project", address.project().toString(),
        "name", address.name().text(),
        "version", Long.toString(address.version()),
        "key", address.keyId(),
        "sealed", SealedSecret.digest(sealed));
  }

  /**
   * Whether {@code record} says that the node of {@code address} was given these very bytes for it.
   * That the record stands in its tenant's log is for its receipt to say.
   */
  public static boolean isOf(AuditRecord record, SecretAddress address, byte[] sealed) {
    return record.log().equals("tenant/" + address.tenant())
        && record.actor().equals(new Party("node", address.node().toString()))
        && record.action().equals(ACTION)
        && record.outcome() == Outcome.DONE
        && record.details().equals(details(address, sealed));
  }
}
