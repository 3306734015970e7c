package dev.cofferdam.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProofsTest {
  private static final int MOST = 130;
  private static final List<byte[]> LEAVES =
      IntStream.range(0, MOST)
          .mapToObj(leaf -> ("leaf " + leaf).getBytes(StandardCharsets.UTF_8))
          .toList();
  private static final Map<Node, Hash> NODES = new HashMap<>();
  private static final Nodes STORE =
      node -> Objects.requireNonNull(NODES.get(node), node::toString);

  static {
    Frontier frontier = new Frontier();
    LEAVES.forEach(leaf -> frontier.append(Merkle.leaf(leaf), NODES::put));
  }

  @Test
  void rootsAreTheOnesThatTheReferenceImplementationGives() {
    // The eight leaves that Certificate Transparency's implementations test with, and their roots.
    List<byte[]> leaves =
        List.of(
                "",
                "00",
                "10",
                "2021",
                "3031",
                "40414243",
                "5051525354555657",
                "606162636465666768696a6b6c6d6e6f")
            .stream()
            .map(HexFormat.of()::parseHex)
            .toList();
    List<String> roots = new ArrayList<>();
    Frontier frontier = new Frontier();
    roots.add(frontier.root().toString());
    for (byte[] leaf : leaves) {
      frontier.append(Merkle.leaf(leaf));
      roots.add(frontier.root().toString());
    }

    assertThat(roots)
        .containsExactly(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  }

  @Property
  void theFrontierHasTheRootOfTheDefinition(@ForAll @IntRange(max = MOST) int size) {
    assertThat(Frontier.of(size, STORE).root()).isEqualTo(root(size));
  }

  @Property
  void inclusionProofsAreThoseOfTheDefinitionAndProve(
      @ForAll @IntRange(min = 1, max = MOST) int size,
      @ForAll @IntRange(max = MOST - 1) int index) {
    if (index >= size) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new InclusionProof(index, size, List.of()));
      return;
    }
    InclusionProof proof = InclusionProof.of(index, size, STORE);

    assertThat(proof.path()).isEqualTo(NaiveTree.path(index, LEAVES.subList(0, size)));
    assertThat(proof.proves(Merkle.leaf(LEAVES.get(index)), root(size))).isTrue();
  }

  @Property
  void consistencyProofsAreThoseOfTheDefinitionAndProve(
      @ForAll @IntRange(max = MOST) int one, @ForAll @IntRange(max = MOST) int other) {
    int first = Math.min(one, other);
    int second = Math.max(one, other);
    ConsistencyProof proof = ConsistencyProof.of(first, second, STORE);

    if (first < second) {
      assertThat(proof.path()).isEqualTo(NaiveTree.proof(first, LEAVES.subList(0, second)));
    }
    assertThat(proof.proves(root(first), root(second))).isTrue();
  }

  @Property
  void anAlteredInclusionProofProvesNothing(
      @ForAll @IntRange(min = 1, max = MOST) int size,
      @ForAll @IntRange(max = MOST - 1) int from,
      @ForAll @IntRange(max = 7) int at) {
    int index = from % size;
    InclusionProof proof = InclusionProof.of(index, size, STORE);
    Hash leaf = Merkle.leaf(LEAVES.get(index));
    Hash root = root(size);

    assertThat(proof.proves(Merkle.leaf(new byte[] {42}), root)).isFalse();
    assertThat(proof.proves(leaf, Merkle.node(root, root))).isFalse();
    assertThat(new InclusionProof(index, size, longer(proof.path(), leaf)).proves(leaf, root))
        .isFalse();
    if (!proof.path().isEmpty()) {
      assertThat(new InclusionProof(index, size, shorter(proof.path())).proves(leaf, root))
          .isFalse();
      assertThat(new InclusionProof(index, size, altered(proof.path(), at)).proves(leaf, root))
          .isFalse();
    }
  }

  @Property
  void anAlteredConsistencyProofProvesNothing(
      @ForAll @IntRange(min = 1, max = MOST) int one,
      @ForAll @IntRange(min = 1, max = MOST) int other,
      @ForAll @IntRange(max = 7) int at) {
    int first = Math.min(one, other);
    int second = Math.max(one, other);
    if (first == second) {
      return;
    }
    ConsistencyProof proof = ConsistencyProof.of(first, second, STORE);
    Hash old = root(first);
    Hash now = root(second);

    assertThat(proof.proves(now, now)).isFalse();
    assertThat(proof.proves(old, old)).isFalse();
    assertThat(new ConsistencyProof(first, second, longer(proof.path(), old)).proves(old, now))
        .isFalse();
    assertThat(new ConsistencyProof(first, second, shorter(proof.path())).proves(old, now))
        .isFalse();
    assertThat(new ConsistencyProof(first, second, altered(proof.path(), at)).proves(old, now))
        .isFalse();
  }

  private static Hash root(int size) {
    return NaiveTree.root(LEAVES.subList(0, size));
  }

  private static List<Hash> longer(List<Hash> path, Hash hash) {
    List<Hash> longer = new ArrayList<>(path);
    longer.add(hash);
    return longer;
  }

  private static List<Hash> shorter(List<Hash> path) {
    return path.subList(0, path.size() - 1);
  }

  private static List<Hash> altered(List<Hash> path, int at) {
    List<Hash> altered = new ArrayList<>(path);
    byte[] bytes = altered.get(at % path.size()).bytes();
    bytes[at] ^= 1;
    altered.set(at % path.size(), Hash.of(bytes));
    return altered;
  }
}
