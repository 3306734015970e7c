package dev.cofferdam.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptTest {
  private static final String ORIGIN = "cofferdam.example/tenant/1";
  private static final int SIZE = 300;

  private final TestKey signer = new TestKey();
  private final NoteKey key = signer.as(ORIGIN, NoteKey.Use.NOTE);
  private final Map<Node, Hash> nodes = new HashMap<>();
  private final Receipt receipt = receipt(ORIGIN);

  @Test
  void aReceiptProvesItsRecordOffline() {
    Receipt read = Receipt.parse(receipt.toString());

    assertThat(read).isEqualTo(receipt);
    assertThat(read.check(record(17), ORIGIN, key, TestKey::verify))
        .isInstanceOf(Receipt.Check.Included.class);
  }

  @Test
  void aReceiptProvesNothingElse() {
    Receipt elsewhere = new Receipt(18, receipt.path(), receipt.note());
    Receipt beyond = new Receipt(SIZE, receipt.path(), receipt.note());

    assertThat(receipt.check(record(18), ORIGIN, key, TestKey::verify))
        .isEqualTo(new Receipt.Check.NotIncluded());
    assertThat(elsewhere.check(record(17), ORIGIN, key, TestKey::verify))
        .isEqualTo(new Receipt.Check.NotIncluded());
    assertThat(beyond.check(record(17), ORIGIN, key, TestKey::verify))
        .isEqualTo(new Receipt.Check.NotIncluded());
  }

  @Test
  void aReceiptOfAnotherKeyOrAnotherLogIsToldApart() {
    NoteKey other = new TestKey().as(ORIGIN, NoteKey.Use.NOTE);
    Receipt foreign = receipt("cofferdam.example/tenant/2");

    assertThat(receipt.check(record(17), ORIGIN, other, TestKey::verify))
        .isEqualTo(new Receipt.Check.NotSigned());
    assertThat(foreign.check(record(17), ORIGIN, key, TestKey::verify))
        .isEqualTo(new Receipt.Check.OtherLog("cofferdam.example/tenant/2"));
  }

  @Test
  void aReceiptFromALogOfABillionRecordsFitsAHeader() {
    List<Hash> path = new ArrayList<>();
    for (int level = 0; level < 30; level++) {
      path.add(Merkle.EMPTY_ROOT);
    }

    assertThat(
            new Receipt(1L << 29, path, receipt.note()).toString().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(2048);
  }

  @ParameterizedTest
  @CsvSource({
    "c2sp.org/tlog-proof@v1, c2sp.org/tlog-proof@v2",
    "index 17, index 017",
    "index 17, index -1",
    "index 17, index",
    "index 17, extra YWI=",
    "=, ''"
  })
  void whatIsNotAReceiptIsRefused(String part, String instead) {
    String text = receipt.toString();

    assertThat(text).contains(part);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Receipt.parse(text.replace(part, instead)));
  }

  private Receipt receipt(String origin) {
    Frontier frontier = new Frontier();
    for (int index = 0; index < SIZE; index++) {
      frontier.append(Merkle.leaf(record(index)), nodes::put);
    }
    String text = new Checkpoint(origin, SIZE, frontier.root()).text();
    InclusionProof proof =
        InclusionProof.of(17, SIZE, node -> Objects.requireNonNull(nodes.get(node)));
    return new Receipt(17, proof.path(), new Note(text, List.of(key.sign(text, signer::sign))));
  }

  private static byte[] record(int index) {
    return ("record " + index).getBytes(StandardCharsets.UTF_8);
  }
}
