package dev.cofferdam.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotesTest {
  // The example of the Go checksum database's note package.
  private static final String PETER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String ESSAY =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private final KeyPair pair = pair();
  private final NoteKey key = NoteKey.of("cofferdam.example/log", NoteKey.Use.NOTE, raw(pair));
  private final NoteKey witness = NoteKey.of("witness.example", NoteKey.Use.COSIGNATURE, raw(pair));
  private final Checkpoint checkpoint =
      new Checkpoint("cofferdam.example/log", 42, Merkle.leaf(new byte[] {1}));

  @Test
  void aNoteThatOthersSignedIsVerified() {
    NoteKey peter = NoteKey.parse(PETER);

    assertThat(peter).hasToString(PETER);
    assertThat(peter.check(Note.parse(ESSAY), NotesTest::verify))
        .isEqualTo(new NoteKey.Check.Signed());
    assertThat(peter.check(Note.parse(ESSAY.replace("answer", "Answer")), NotesTest::verify))
        .isEqualTo(new NoteKey.Check.Forged());
    assertThat(Note.parse(ESSAY)).hasToString(ESSAY);
  }

  @Test
  void aCheckpointIsSignedCosignedAndReadBack() {
    Note signed = note();
    Note cosigned =
        signed.with(witness.cosign(signed, Instant.ofEpochSecond(1_700_000_000), this::sign));

    Note read = Note.parse(cosigned.toString());

    assertThat(read).isEqualTo(cosigned);
    assertThat(Checkpoint.parse(read.text())).isEqualTo(checkpoint);
    assertThat(key.check(read, NotesTest::verify)).isEqualTo(new NoteKey.Check.Signed());
    assertThat(witness.check(read, NotesTest::verify))
        .isEqualTo(new NoteKey.Check.Cosigned(Instant.ofEpochSecond(1_700_000_000)));
    assertThat(witness.check(signed, NotesTest::verify)).isEqualTo(new NoteKey.Check.Absent());
  }

  @Test
  void aCosignatureHoldsForItsTimeAlone() {
    Note signed = note();
    byte[] content = witness.cosign(signed, Instant.ofEpochSecond(5), this::sign).content();
    content[11]++;

    Note altered = signed.with(new Note.Signature("witness.example", content));

    assertThat(witness.check(altered, NotesTest::verify)).isEqualTo(new NoteKey.Check.Forged());
  }

  @Test
  void aKeyOfOneUseDoesNotServeTheOther() {
    assertThatIllegalStateException().isThrownBy(() -> witness.sign("x\n", this::sign));
    assertThatIllegalStateException()
        .isThrownBy(() -> key.cosign(note(), Instant.EPOCH, this::sign));
    // The same bytes under the other algorithm have another id, so that they never match.
    NoteKey same = NoteKey.of(key.name(), NoteKey.Use.COSIGNATURE, raw(pair));
    assertThat(same.check(note(), NotesTest::verify)).isEqualTo(new NoteKey.Check.Absent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "x+00000000+AQ==",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AxpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void whatIsNotAKeyIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> NoteKey.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n- name AAAAAAA=\n",
        "text\n\n— name AAAA\n",
        "te\txt\n\n— name AAAAAAA=\n",
        "text\n\n— name AAAAAAA=",
        "text\n\n— name AAAAAAB=\n",
        "text\n— name AAAAAAA=\n"
      })
  void whatIsNotANoteIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Note.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log\n1\n",
        "log\n01\nAAAA\n",
        "log\n-1\nAAAA\n",
        "log\n1\nAAAA\n",
        "\n1\nAAAA\n",
        "log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n",
        "log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "log\n99999999999999999999\nAAAA\n",
        " log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
      })
  void whatIsNotACheckpointIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.parse(text));
  }

  private Note note() {
    return new Note(checkpoint.text(), List.of(key.sign(checkpoint.text(), this::sign)));
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      byte[] reversed = publicKey.clone();
      boolean odd = (reversed[31] & 0x80) != 0;
      reversed[31] &= 0x7f;
      reverse(reversed);
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(
                  new EdECPublicKeySpec(
                      NamedParameterSpec.ED25519,
                      new EdECPoint(odd, new BigInteger(1, reversed)))));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] raw(KeyPair pair) {
    byte[] encoded = ((EdECPublicKey) pair.getPublic()).getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  private static void reverse(byte[] bytes) {
    for (int low = 0, high = bytes.length - 1; low < high; low++, high--) {
      byte kept = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = kept;
    }
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
