package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.protocol.secret.SecretRead;
import dev.cofferdam.server.secrets.Yard.Answer;
import dev.cofferdam.server.secrets.Yard.Somebody;
import dev.cofferdam.server.surface.Role;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What a node gets of a secret over HTTP is the same wherever its value lies. */
abstract class ValueStoreContract {
  static final String NAME = "key";

  final Yard yard;
  final Somebody writer;
  final NodeKeys keys = new NodeKeys();
  final Somebody node;

  ValueStoreContract(Yard yard) {
    this.yard = yard;
    this.writer = yard.person(Role.MEMBER, "writer");
    this.node = yard.node(keys);
  }

  /** Makes a secret whose value is to lie in this store. */
  abstract void make(String name);

  /** Puts its next version where it lies. */
  abstract void put(String name, byte[] value);

  /** Has nobody open this version any more. */
  abstract void destroy(String name, long version);

  /** Whether the store fails whoever asks it from now on. */
  abstract void failing(boolean now);

  private void granted() {
    yard.grant(yard.project.value(), "node", node.id, "reader");
  }

  SecretAddress address(String name, long version) {
    return new SecretAddress(
        yard.scope.tenant().value(),
        node.id,
        keys.id(),
        yard.project.value(),
        new SecretName(name),
        version);
  }

  void assertOpens(Answer answer, long version, byte[] value) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Cofferdam-Secret-Version")).isEqualTo(Long.toString(version));
    byte[] sealed = answer.http().body();
    assertThat(keys.opens(address(NAME, version), sealed, value)).isTrue();
    assertThat(keys.opens(address(NAME, version + 1), sealed, value)).isFalse();
    byte[] record = Base64.getDecoder().decode(answer.header("Cofferdam-Record"));
    assertThat(SecretRead.isOf(AuditRecord.decode(record), address(NAME, version), sealed))
        .isTrue();
    assertThat(answer.header("Cofferdam-Receipt")).isNotEmpty();
  }

  static void assertNothingLeft(Answer answer) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Cofferdam-Key-Id")).isEmpty();
    assertThat(answer.header("Cofferdam-Record")).isEmpty();
  }

  @Test
  void aNodeGetsTheNewestAndAnyByItsNumberSealedAndRecorded() {
    make(NAME);
    put(NAME, "one".getBytes(UTF_8));
    granted();

    assertOpens(node.reads(NAME), 1, "one".getBytes(UTF_8));
    put(NAME, "two, ünter anderem \u0000\n\"".getBytes(UTF_8));
    assertOpens(node.reads(NAME), 2, "two, ünter anderem \u0000\n\"".getBytes(UTF_8));
    assertOpens(node.reads(NAME + "?version=1"), 1, "one".getBytes(UTF_8));
  }

  @Test
  void itMayBeAsLongAsAnyAndNoLonger() {
    make(NAME);
    put(NAME, "x".repeat(SealedSecret.LONGEST_VALUE).getBytes(UTF_8));
    granted();

    assertOpens(node.reads(NAME), 1, "x".repeat(SealedSecret.LONGEST_VALUE).getBytes(UTF_8));
  }

  @Test
  void withoutARelationItIsAsIfItWereNotThere() {
    make(NAME);
    put(NAME, "one".getBytes(UTF_8));

    Answer answer = node.reads(NAME);

    assertThat(answer.status()).isEqualTo(404);
    assertNothingLeft(answer);
    assertThat(answer.withoutRequestId()).isEqualTo(node.reads("other").withoutRequestId());
  }

  @Test
  void whatThereNeverWasIsNotFound() {
    make(NAME);
    granted();
    assertThat(node.reads(NAME).status()).isEqualTo(404);

    put(NAME, "one".getBytes(UTF_8));
    assertThat(node.reads(NAME + "?version=2").status()).isEqualTo(404);
    assertThat(node.reads(NAME).status()).isEqualTo(200);
  }

  @Test
  void whatNobodyOpensAnyMoreIsGone() {
    make(NAME);
    put(NAME, "one".getBytes(UTF_8));
    granted();
    assertOpens(node.reads(NAME), 1, "one".getBytes(UTF_8));

    destroy(NAME, 1);

    Answer answer = node.reads(NAME);
    assertThat(answer.status()).as(answer.body()).isEqualTo(410);
    assertNothingLeft(answer);
    assertThat(node.reads(NAME + "?version=1").status()).isEqualTo(410);
  }

  @Test
  void whatIsDeletedHereIsNotGivenAndComesBackRestored() {
    make(NAME);
    put(NAME, "one".getBytes(UTF_8));
    granted();
    writer.without("DELETE", yard.secret(NAME));
    assertThat(node.reads(NAME).status()).isEqualTo(404);

    writer.without("POST", yard.secret(NAME) + "/restore");
    assertOpens(node.reads(NAME), 1, "one".getBytes(UTF_8));
  }

  @Test
  void whileTheStoreFailsNothingLeavesAndThenItIsAsBefore() {
    make(NAME);
    put(NAME, "one".getBytes(UTF_8));
    granted();
    failing(true);
    try {
      Answer answer = node.reads(NAME);
      assertThat(answer.status()).as(answer.body()).isIn(500, 503);
      assertNothingLeft(answer);
    } finally {
      failing(false);
    }
    assertOpens(node.reads(NAME), 1, "one".getBytes(UTF_8));
  }
}
