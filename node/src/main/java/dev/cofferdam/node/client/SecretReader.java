package dev.cofferdam.node.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.protocol.secret.SecretRead;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Reads secrets as the node that this machine is, and opens them. What it gives was sealed for this
 * node, as what was asked for, and the record of the read names the very bytes that came; with a
 * key of the tenant's log, that record is also proven to stand there. Safe for use by many threads.
 */
public final class SecretReader {
  private final NodeClient client;
  private final NodeKeys keys;
  private final List<NoteKey> logKeys;

  /**
   * @param keys of the node; the caller closes them
   * @param logKeys any of which may have signed a checkpoint of the tenant's log; none when
   *     receipts are not to be verified
   */
  public SecretReader(NodeClient client, NodeKeys keys, List<NoteKey> logKeys) {
    this.client = client;
    this.keys = keys;
    this.logKeys = List.copyOf(logKeys);
  }

  /**
   * Reads one; the caller closes it.
   *
   * @param version that is wanted, or empty for the newest
   * @throws UnprovenSecretException when what came is not that
   * @throws RefusedByServerException when the server gives nothing
   * @throws UnreachableServerException when it could not be asked in time
   */
  public GivenSecret read(UUID project, SecretName name, OptionalLong version) throws IOException {
    String path = "/v1/secrets/" + project + "/" + name;
    Reply reply = client.get(version.isPresent() ? path + "?version=" + version.getAsLong() : path);
    Identity identity = client.identity();
    // For whom it must be is what this node knows of itself, and not what the answer says.
    SecretAddress address =
        new SecretAddress(
            identity.tenant(),
            identity.node(),
            keys.receivingKey().thumbprint(),
            project,
            name,
            version.orElseGet(() -> said(reply)));
    boolean proven = proven(reply, address);
    return switch (SealedSecret.open(
        CryptoProvider.best().hpke(), keys.receiving(), address, reply.body())) {
      case Opening.Opened opened ->
          new GivenSecret(
              address.version(),
              reply.field("Cofferdam-Record-Id").orElse(""),
              proven,
              opened.plaintext());
      case Opening.Refused refused ->
          throw new UnprovenSecretException(
              "What came does not open as %s for this node. If its keys were exchanged just now, ask again."
                  .formatted(name));
    };
  }

  private static long said(Reply reply) {
    return reply
        .field(SealedSecret.VERSION_FIELD)
        .filter(text -> text.matches("[1-9][0-9]{0,17}"))
        .map(Long::parseLong)
        // Then it does not open.
        .orElse(1L);
  }

  /** Whether the receipt was verified; what contradicts itself is refused in any case. */
  private boolean proven(Reply reply, SecretAddress address) throws UnprovenSecretException {
    byte[] record = decoded(reply, "Cofferdam-Record");
    byte[] receipt = decoded(reply, "Cofferdam-Receipt");
    try {
      if (record.length > 0
          && !SecretRead.isOf(AuditRecord.decode(record), address, reply.body())) {
        throw new UnprovenSecretException(
            "The record that came along is of something else: ask again, and tell your auditor.");
      }
      if (logKeys.isEmpty()) {
        return false;
      }
      if (record.length == 0 || receipt.length == 0) {
        throw new UnprovenSecretException("The answer came without its record and receipt.");
      }
      Receipt parsed = Receipt.parse(new String(receipt, UTF_8));
      if (logKeys.stream()
          .noneMatch(
              key ->
                  parsed.check(record, key.name(), key, Ed25519::verify)
                      instanceof Receipt.Check.Included)) {
        throw new UnprovenSecretException(
            "The receipt is not signed by the key of the log that was named.");
      }
      return true;
    } catch (IllegalArgumentException malformed) {
      throw new UnprovenSecretException("The record or the receipt that came is none.");
    }
  }

  private static byte[] decoded(Reply reply, String field) throws UnprovenSecretException {
    try {
      return Base64.getDecoder().decode(reply.field(field).orElse(""));
    } catch (IllegalArgumentException malformed) {
      throw new UnprovenSecretException("The record or the receipt that came is none.");
    }
  }
}
