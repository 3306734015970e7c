package dev.cofferdam.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
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

  private final TestKey signer = new TestKey();
  private final NoteKey key = signer.as("cofferdam.example/log", NoteKey.Use.NOTE);
  private final NoteKey witness = signer.as("witness.example", NoteKey.Use.COSIGNATURE);
  private final Checkpoint checkpoint =
      new Checkpoint("cofferdam.example/log", 42, Merkle.leaf(new byte[] {1}));

  @Test
  void aNoteThatOthersSignedIsVerified() {
    NoteKey peter = NoteKey.parse(PETER);

    assertThat(peter).hasToString(PETER);
    assertThat(peter.check(Note.parse(ESSAY), TestKey::verify))
        .isEqualTo(new NoteKey.Check.Signed());
    assertThat(peter.check(Note.parse(ESSAY.replace("answer", "Answer")), TestKey::verify))
        .isEqualTo(new NoteKey.Check.Forged());
    assertThat(Note.parse(ESSAY)).hasToString(ESSAY);
  }

  @Test
  void aCheckpointIsSignedCosignedAndReadBack() {
    Note signed = note();
    Note cosigned =
        signed.with(witness.cosign(signed, Instant.ofEpochSecond(1_700_000_000), signer::sign));

    Note read = Note.parse(cosigned.toString());

    assertThat(read).isEqualTo(cosigned);
    assertThat(Checkpoint.parse(read.text())).isEqualTo(checkpoint);
    assertThat(key.check(read, TestKey::verify)).isEqualTo(new NoteKey.Check.Signed());
    assertThat(witness.check(read, TestKey::verify))
        .isEqualTo(new NoteKey.Check.Cosigned(Instant.ofEpochSecond(1_700_000_000)));
    assertThat(witness.check(signed, TestKey::verify)).isEqualTo(new NoteKey.Check.Absent());
  }

  @Test
  void aCosignatureHoldsForItsTimeAlone() {
    Note signed = note();
    byte[] content = witness.cosign(signed, Instant.ofEpochSecond(5), signer::sign).content();
    content[11]++;

    Note altered = signed.with(new Note.Signature("witness.example", content));

    assertThat(witness.check(altered, TestKey::verify)).isEqualTo(new NoteKey.Check.Forged());
  }

  @Test
  void aKeyOfOneUseDoesNotServeTheOther() {
    assertThatIllegalStateException().isThrownBy(() -> witness.sign("x\n", signer::sign));
    assertThatIllegalStateException()
        .isThrownBy(() -> key.cosign(note(), Instant.EPOCH, signer::sign));
    // The same bytes under the other algorithm have another id, so that they never match.
    NoteKey same = signer.as(key.name(), NoteKey.Use.COSIGNATURE);
    assertThat(same.check(note(), TestKey::verify)).isEqualTo(new NoteKey.Check.Absent());
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
    return new Note(checkpoint.text(), List.of(key.sign(checkpoint.text(), signer::sign)));
  }
}
