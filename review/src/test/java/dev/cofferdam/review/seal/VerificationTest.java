package dev.cofferdam.review.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.review.RecordedRun;
import dev.cofferdam.review.register.Acceptance;
import dev.cofferdam.review.register.Acceptances;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerificationTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-28");

  @TempDir private Path folder;
  private ReviewerKey key;
  private SignOff signOff;
  private Sealed sealed;

  @BeforeEach
  void sign() throws IOException {
    key = ReviewerKey.make(folder.resolve("reviewer.key"), "auditors.example");
    signOff = new RecordedRun().signOff();
    sealed = Sealed.by(key, signOff);
  }

  @Test
  void whatIsSignedAndStillSoIsGood() {
    assertThat(outcomes(sealed))
        .containsExactly(
            "signature good",
            "verdict note",
            "code good",
            "configuration good",
            "policies good",
            "register good",
            "time note");
    assertThat(Sealed.parse(sealed.json())).isEqualTo(sealed);
    assertThat(outcomes(Sealed.parse(sealed.compact()))).contains("signature good");
  }

  @Test
  void anEditedDocumentIsNotTheOneThatWasSigned() {
    String edited = sealed.json().replace("\"machine\" : \"a machine\"", "\"machine\" : \"mine\"");

    assertThat(edited).isNotEqualTo(sealed.json());
    assertThat(outcomes(Sealed.parse(edited))).contains("signature bad");
  }

  @Test
  void anothersSignatureIsNotTheReviewers() throws IOException {
    ReviewerKey other = ReviewerKey.make(folder.resolve("other.key"), "auditors.example");

    assertThat(outcomes(Sealed.by(other, signOff))).contains("signature bad");
    assertThat(outcomes(Sealed.unsigned(signOff))).contains("signature bad");
    assertThat(outcomes(new Sealed(signOff, new Sealed.Seal("no note", "", ""))))
        .contains("signature bad");
  }

  @Test
  void aForgedSignatureUnderTheReviewersNameIsFound() throws IOException {
    ReviewerKey other = ReviewerKey.make(folder.resolve("other.key"), "auditors.example");
    Note theirs = other.sign(Sealed.text(signOff));
    byte[] content = theirs.signatures().getFirst().content();
    byte[] own = key.sign("x\n").signatures().getFirst().content();
    System.arraycopy(own, 0, content, 0, 4);
    Note forged = new Note(theirs.text(), List.of(new Note.Signature("auditors.example", content)));

    assertThat(
            Verification.of(
                    new Sealed(signOff, new Sealed.Seal(forged.toString(), "", "")),
                    trust(Optional.of(key.published()), Optional.empty()),
                    TODAY)
                .getFirst()
                .told())
        .startsWith("forged");
  }

  @Test
  void withoutAKeyNothingIsToldOfTheSignature() {
    assertThat(outcomes(Verification.of(sealed, trust(Optional.empty(), Optional.empty()), TODAY)))
        .contains("signature unknown");
  }

  @Test
  void anotherCodePolicyOrRegisterMakesItStale() {
    Verification.Trust trust =
        new Verification.Trust(
            Optional.of(key.published()),
            Optional.empty(),
            Optional.of(RecordedRun.subject("other code")),
            "");

    assertThat(outcomes(Verification.of(sealed, trust, TODAY)))
        .contains("code stale", "policies stale", "register stale", "configuration good")
        .contains("review note");
  }

  @Test
  void withNothingToCompareItIsNotGood() {
    Verification.Trust trust =
        new Verification.Trust(
            Optional.of(key.published()), Optional.empty(), Optional.empty(), "nothing is built");

    assertThat(outcomes(Verification.of(sealed, trust, TODAY))).contains("code unknown");
  }

  @Test
  void aDigestThatIsNotOfItsItemsIsBad() {
    Subject subject = signOff.subject();
    Subject other =
        new Subject(
            new Subject.Part(subject.code().digest(), Map.of("server.jar", "0")),
            subject.configuration(),
            subject.policies(),
            subject.register(),
            subject.review());

    assertThat(outcomes(Sealed.by(key, new RecordedRun().of(other).signOff())))
        .contains("code bad", "code stale");
  }

  @Test
  void anAcceptanceThatRunsOutMakesItStale() {
    Acceptances accepted =
        new Acceptances(
            List.of(
                new Acceptance(
                    "EVT-01",
                    "not sold yet",
                    "platform team",
                    LocalDate.parse("2026-11-01"),
                    TODAY.plusDays(1))));
    Sealed with = Sealed.by(key, new RecordedRun().accepting(accepted).signOff());

    assertThat(outcomes(with)).contains("acceptances good");
    assertThat(
            outcomes(
                Verification.of(
                    with,
                    trust(Optional.of(key.published()), Optional.empty()),
                    TODAY.plusDays(1))))
        .contains("acceptances stale");
  }

  @Test
  void aReceiptOfThePlatformsLogProvesWhen() {
    Log log = new Log("platform.example");
    Sealed proven = log.proves(sealed, "sign_off.record", sealed.digest());

    assertThat(outcomes(proven)).contains("time unknown");
    assertThat(outcomes(proven, log)).contains("time good");
    assertThat(outcomes(sealed, log)).contains("time unknown");
    assertThat(outcomes(proven, new Log("platform.example"))).contains("time bad");
  }

  @Test
  void aReceiptOfSomethingElseProvesNothing() {
    Log log = new Log("platform.example");

    assertThat(outcomes(log.proves(sealed, "sign_off.record", "0".repeat(64)), log))
        .contains("time bad");
    assertThat(outcomes(log.proves(sealed, "tenant.list", sealed.digest()), log))
        .contains("time bad");
    Sealed proven = log.proves(sealed, "sign_off.record", sealed.digest());
    Sealed moved =
        new Sealed(
            signOff,
            new Sealed.Seal(
                proven.seal().note(),
                proven.seal().record().replace("2026-11-27T21", "2026-11-20T21"),
                proven.seal().receipt()));
    assertThat(outcomes(moved, log)).contains("time bad");
    assertThat(
            outcomes(new Sealed(signOff, new Sealed.Seal(sealed.seal().note(), "", "broken")), log))
        .contains("time bad");
  }

  private List<String> outcomes(Sealed looked) {
    return outcomes(
        Verification.of(looked, trust(Optional.of(key.published()), Optional.empty()), TODAY));
  }

  private List<String> outcomes(Sealed looked, Log log) {
    return outcomes(
        Verification.of(
            looked, trust(Optional.of(key.published()), Optional.of(log.published)), TODAY));
  }

  private static List<String> outcomes(List<Check> checks) {
    return checks.stream()
        .map(check -> check.about() + " " + check.outcome().name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static Verification.Trust trust(Optional<NoteKey> reviewer, Optional<NoteKey> log) {
    return new Verification.Trust(reviewer, log, Optional.of(RecordedRun.subject("the code")), "");
  }

  /** A log of one record. */
  private static final class Log {
    private final KeyPair pair =
        CryptoProvider.best().generator(KeyAlgorithm.ED25519).generateKeyPair();
    private final NoteKey published;

    Log(String origin) {
      published = NoteKey.of(origin, NoteKey.Use.NOTE, Ed25519.raw(pair.getPublic().getEncoded()));
    }

    Sealed proves(Sealed sealed, String action, String digest) {
      AuditRecord record =
          new AuditRecord(
              UUID.fromString("0190a1b2-0000-7000-8000-000000000000"),
              "platform",
              RecordedRun.AT.plusSeconds(3600),
              new Party("operator", "0190a1b2-0000-7000-8000-000000000001"),
              action,
              null,
              Outcome.DONE,
              null,
              null,
              Map.of("digest", digest),
              null,
              null);
      byte[] bytes = record.encode();
      String text = new Checkpoint(published.name(), 1, Merkle.leaf(bytes)).text();
      Note note = new Note(text, List.of(published.sign(text, this::sign)));
      return new Sealed(
          sealed.signOff(),
          new Sealed.Seal(
              sealed.seal().note(),
              new String(bytes, StandardCharsets.UTF_8),
              new Receipt(0, List.of(), note).toString()));
    }

    private byte[] sign(byte[] message) {
      try {
        Signature signature = CryptoProvider.best().signature(KeyAlgorithm.ED25519);
        signature.initSign(pair.getPrivate());
        signature.update(message);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
