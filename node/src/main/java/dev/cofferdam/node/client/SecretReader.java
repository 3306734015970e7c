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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets as the node that this machine is, and opens them. What it gives was sealed for this
 * node, as what was asked for, and the record of the read names the very bytes that came; with a
 * key of the tenant's log, that record is also proven to stand there. Safe for use by many threads.
 */
public final class SecretReader {
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private final NodeClient client;
  private final NodeKeys keys;
  private final List<NoteKey> logKeys;
  private final @Nullable Offline offline;

  private record Offline(SealedCache cache, Duration longest, InstantSource clock) {}

  /**
   * @param keys of the node; the caller closes them
   * @param logKeys any of which may have signed a checkpoint of the tenant's log; none when
   *     receipts are not to be verified
   */
  public SecretReader(NodeClient client, NodeKeys keys, List<NoteKey> logKeys) {
    this(client, keys, logKeys, null);
  }

  private SecretReader(
      NodeClient client, NodeKeys keys, List<NoteKey> logKeys, @Nullable Offline offline) {
    this.client = client;
    this.keys = keys;
    this.logKeys = List.copyOf(logKeys);
    this.offline = offline;
  }

  /**
   * The same reader, which keeps answers as they came, sealed, and uses them while the server
   * cannot be reached. What was kept is verified as what comes.
   *
   * @param folder that is made when it is absent, for its owner alone
   * @param longest how old what was kept may be
   */
  public SecretReader keepingIn(Path folder, Duration longest, InstantSource clock) {
    return new SecretReader(
        client, keys, logKeys, new Offline(new SealedCache(folder), longest, clock));
  }

  /**
   * Reads one; the caller closes it.
   *
   * @param version that is wanted, or empty for the newest
   * @throws UnprovenSecretException when what came is not that
   * @throws RefusedByServerException when the server gives nothing
   * @throws UnreachableServerException when it could not be asked in time, and nothing was kept
   * @throws StaleSecretException when it could not, and what was kept is too old
   */
  public GivenSecret read(UUID project, SecretName name, OptionalLong version) throws IOException {
    String path = "/v1/secrets/" + project + "/" + name;
    Reply reply;
    try {
      reply = client.get(version.isPresent() ? path + "?version=" + version.getAsLong() : path);
    } catch (UnreachableServerException away) {
      return kept(project, name, version, away);
    } catch (RefusedByServerException refused) {
      if (offline != null) {
        offline.cache().forget(project, name, version);
      }
      throw refused;
    }
    SealedCache.Kept came =
        new SealedCache.Kept(
            offline == null ? Instant.EPOCH : offline.clock().instant(),
            version.orElseGet(() -> said(reply)),
            keys.receivingKey().thumbprint(),
            reply.field("Cofferdam-Record").orElse(""),
            reply.field("Cofferdam-Receipt").orElse(""),
            reply.body());
    GivenSecret given =
        opened(project, name, version, came, null, reply.field("Cofferdam-Record-Id").orElse(""));
    if (offline != null) {
      keep(project, name, version, came, given);
    }
    return given;
  }

  private void keep(
      UUID project, SecretName name, OptionalLong version, SealedCache.Kept came, GivenSecret given)
      throws IOException {
    try {
      Objects.requireNonNull(offline).cache().keep(project, name, version, came);
    } catch (IOException e) {
      given.close();
      throw new UnusableHomeException(
          "What came cannot be kept: make room, or do without --offline-for.", e);
    }
  }

  private GivenSecret kept(
      UUID project, SecretName name, OptionalLong version, UnreachableServerException away)
      throws IOException {
    if (offline == null) {
      throw away;
    }
    SealedCache.Kept kept =
        offline
            .cache()
            .find(project, name, version)
            // Nobody opens what was sealed to keys that this node had before.
            .filter(one -> one.keyId().equals(keys.receivingKey().thumbprint()))
            .orElseThrow(() -> away);
    Duration age = Duration.between(kept.at(), offline.clock().instant());
    // By a clock that was set back, what is kept would be good for ever.
    if (age.compareTo(offline.longest()) > 0 || age.compareTo(CLOCKS_DIFFER.negated()) < 0) {
      throw new StaleSecretException(
          "%s What was kept of %s is of %s, which is too long ago."
              .formatted(away.getMessage(), name, kept.at()),
          away);
    }
    return opened(project, name, version, kept, kept.at(), "");
  }

  private GivenSecret opened(
      UUID project,
      SecretName name,
      OptionalLong version,
      SealedCache.Kept answer,
      @Nullable Instant keptSince,
      String recordId)
      throws UnprovenSecretException {
    Identity identity = client.identity();
    // For whom it must be is what this node knows of itself, and not what the answer says.
    SecretAddress address =
        new SecretAddress(
            identity.tenant(),
            identity.node(),
            keys.receivingKey().thumbprint(),
            project,
            name,
            version.orElse(answer.version()));
    boolean proven = proven(answer, address);
    return switch (SealedSecret.open(
        CryptoProvider.best().hpke(), keys.kem(), keys.receiving(), address, answer.sealed())) {
      case Opening.Opened opened ->
          new GivenSecret(address.version(), recordId, proven, keptSince, opened.plaintext());
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
  private boolean proven(SealedCache.Kept answer, SecretAddress address)
      throws UnprovenSecretException {
    byte[] record = decoded(answer.record());
    byte[] receipt = decoded(answer.receipt());
    try {
      if (record.length > 0
          && !SecretRead.isOf(AuditRecord.decode(record), address, answer.sealed())) {
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

  private static byte[] decoded(String text) throws UnprovenSecretException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException malformed) {
      throw new UnprovenSecretException("The record or the receipt that came is none.");
    }
  }
}
