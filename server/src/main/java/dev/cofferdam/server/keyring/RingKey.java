package dev.cofferdam.server.keyring;

import dev.cofferdam.protocol.crypto.Aead;
import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Hmac;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key of a ring, open: it can be used and not be read. Whoever gets one closes it, soon.
 *
 * <p>A method of another kind than the key's, or one that makes something new with a key that only
 * verifies, is a defect of the caller and throws.
 */
public final class RingKey implements AutoCloseable {
  private static final SecretAccess ACCESS = SecretAccess.issue();

  private final KeyInfo info;
  private final SecretBytes secret;
  private final byte @Nullable [] published;
  // Read once: that takes about as long as a signature.
  private volatile @Nullable PrivateKey signing;

  RingKey(KeyInfo info, SecretBytes secret, byte @Nullable [] published) {
    this.info = info;
    this.secret = secret;
    this.published = published;
  }

  /** What may be known of it. */
  public KeyInfo info() {
    return info;
  }

  /** Encrypts, bound to {@code aad}; the caller clears {@code plaintext}. */
  public byte[] seal(byte[] aad, byte[] plaintext) {
    requireActive();
    require(KeyKind.ENCRYPTION);
    return Aead.seal(secret, ACCESS, aad, plaintext);
  }

  /** Decrypts what {@link #seal} made with the same {@code aad}. */
  public Opening open(byte[] aad, byte[] sealed) {
    require(KeyKind.ENCRYPTION);
    return Aead.open(secret, ACCESS, aad, sealed);
  }

  /** The 32-byte code of {@code message}. */
  public byte[] mac(byte[] message) {
    requireActive();
    require(KeyKind.MAC);
    return Hmac.of(secret, ACCESS, message);
  }

  /** Whether {@code code} is that of {@code message}, in constant time. */
  public boolean verifiesMac(byte[] message, byte[] code) {
    require(KeyKind.MAC);
    return Hmac.verifies(secret, ACCESS, message, code);
  }

  /** Signs {@code message}: 64 bytes for Ed25519, DER for P-256. */
  public byte[] sign(byte[] message) {
    requireActive();
    KeyAlgorithm algorithm =
        algorithm(info.purpose().kind())
            .orElseThrow(() -> new IllegalStateException("a " + this + " signs nothing"));
    CryptoProvider provider = CryptoProvider.best();
    try {
      Signature signer = provider.signature(algorithm);
      signer.initSign(signing(provider, algorithm));
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(provider.name() + " cannot sign with a stored key", e);
    }
  }

  private PrivateKey signing(CryptoProvider provider, KeyAlgorithm algorithm)
      throws GeneralSecurityException {
    PrivateKey known = signing;
    if (known != null) {
      return known;
    }
    PrivateKey read = secret.lend(ACCESS, pkcs8 -> provider.privateKey(algorithm, pkcs8));
    if (provider.keepsKeysOffHeap()) {
      signing = read;
    }
    return read;
  }

  /** The public key as X.509 SubjectPublicKeyInfo; empty for symmetric kinds. */
  public Optional<byte[]> publicKey() {
    return Optional.ofNullable(published).map(byte[]::clone);
  }

  /** Overwrites the secret; what the provider has read of it goes when it is collected. */
  @Override
  public void close() {
    secret.close();
    signing = null;
  }

  @Override
  public String toString() {
    return "key " + info.id() + " of `" + info.purpose().label() + "`";
  }

  static Optional<KeyAlgorithm> algorithm(KeyKind kind) {
    return switch (kind) {
      case ENCRYPTION, MAC -> Optional.empty();
      case SIGNATURE_ED25519 -> Optional.of(KeyAlgorithm.ED25519);
      case SIGNATURE_P256 -> Optional.of(KeyAlgorithm.P256);
    };
  }

  private void require(KeyKind kind) {
    if (info.purpose().kind() != kind) {
      throw new IllegalStateException(this + " is no key of kind " + kind);
    }
  }

  private void requireActive() {
    if (info.state() != KeyState.ACTIVE) {
      throw new IllegalStateException(this + " is not active: it makes nothing new");
    }
  }
}
