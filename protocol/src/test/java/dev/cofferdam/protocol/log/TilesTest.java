package dev.cofferdam.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilesTest {
  private static final int SIZE = 70_000;
  private static final Map<Node, Hash> NODES = new HashMap<>();
  private static final Nodes STORE =
      node -> Objects.requireNonNull(NODES.get(node), node::toString);

  static {
    Frontier frontier = new Frontier();
    IntStream.range(0, SIZE)
        .mapToObj(leaf -> Merkle.leaf(Integer.toString(leaf).getBytes(StandardCharsets.UTF_8)))
        .forEach(leaf -> frontier.append(leaf, NODES::put));
  }

  @ParameterizedTest
  @CsvSource({
    "HASHES, 0, 0, 256, tile/0/000",
    "HASHES, 0, 0, 1, tile/0/000.p/1",
    "HASHES, 3, 1234067, 256, tile/3/x001/x234/067",
    "ENTRIES, 0, 999, 255, tile/entries/999.p/255",
    "ENTRIES, 0, 1000, 256, tile/entries/x001/000"
  })
  void aTileHasThePathOfTheSpecification(
      Tile.Kind kind, int level, long index, int width, String path) {
    Tile tile = new Tile(kind, level, index, width);

    assertThat(tile.path()).isEqualTo(path);
    assertThat(Tile.parse(path)).contains(tile);
  }

  @Test
  void thePathHasDigitsOfAsciiOnAMachineThatWritesOthers() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.of("ar", "EG"));
    try {
      assertThat("%d".formatted(7)).isEqualTo("\u0667");
      assertThat(new Tile(Tile.Kind.HASHES, 3, 1_234_067, 5).path())
          .isEqualTo("tile/3/x001/x234/067.p/5");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/0", "tile/0/x000/001", "tile/0/000.p/256", "tile/0/000.p/0", "tile/00/000",
        "tile/7/000", "tile/entries/000.p/257", "tile/0/000/", "../tile/0/000", "tile/0/1000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/data/000", "tile/0/000.p/01"
      })
  void whatIsNotThePathOfATileIsRefused(String path) {
    assertThat(Tile.parse(path)).isEmpty();
  }

  @Property(tries = 300)
  void everyProofFollowsFromTilesAlone(
      @ForAll @IntRange(min = 1, max = SIZE) int size, @ForAll @LongRange(max = SIZE) long from) {
    long index = from % size;
    Nodes tiles = node -> HashTile.of(Tile.ofNode(node, size), STORE).hash(node);

    InclusionProof proof = InclusionProof.of(index, size, tiles);

    assertThat(proof).isEqualTo(InclusionProof.of(index, size, STORE));
    assertThat(proof.proves(STORE.hash(new Node(0, index)), Frontier.of(size, tiles).root()))
        .isTrue();
  }

  @Property(tries = 300)
  void whatWasAddedIsJustWhatALogOfTheNewSizeHasAndTheOldOneHadNot(
      @ForAll @IntRange(max = 2_000) int before, @ForAll @IntRange(max = 2_000) int more) {
    List<Tile> old = Tile.added(0, before);

    List<Tile> all = Tile.added(0, before + more);

    assertThat(Tile.added(before, before + more))
        .containsExactlyElementsOf(all.stream().filter(tile -> !old.contains(tile)).toList());
  }

  @Property
  void entriesComeBackAsTheyWere(@ForAll List<byte[]> entries) {
    int width = Math.clamp(entries.size(), 1, Tile.FULL);
    List<byte[]> some = entries.subList(0, Math.min(entries.size(), width));
    if (some.isEmpty()) {
      return;
    }
    Tile tile = new Tile(Tile.Kind.ENTRIES, 0, 0, width);

    assertThat(EntryTile.decode(tile, EntryTile.encode(some))).containsExactlyElementsOf(some);
  }

  @Test
  void aTileOfEntriesThatIsCutOrHasMoreIsRefused() {
    Tile tile = new Tile(Tile.Kind.ENTRIES, 0, 0, 2);
    byte[] content = EntryTile.encode(List.of(new byte[300], new byte[0]));

    for (int length = 0; length < content.length; length++) {
      byte[] cut = Arrays.copyOf(content, length);
      assertThatIllegalArgumentException().isThrownBy(() -> EntryTile.decode(tile, cut));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryTile.decode(tile, Arrays.copyOf(content, content.length + 2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryTile.encode(List.of(new byte[EntryTile.LONGEST + 1])));
  }

  @Test
  void aTileDoesNotVouchForNodesOfAnother() {
    HashTile first = HashTile.of(Tile.ofNode(new Node(0, 0), SIZE), STORE);

    assertThatIllegalArgumentException().isThrownBy(() -> first.hash(new Node(0, 256)));
    assertThatIllegalArgumentException().isThrownBy(() -> first.hash(new Node(8, 0)));
    assertThat(first.hash(new Node(7, 1))).isEqualTo(STORE.hash(new Node(7, 1)));
  }
}
