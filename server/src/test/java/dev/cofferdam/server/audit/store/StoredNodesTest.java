package dev.cofferdam.server.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A log of ten million leaves, of which only those stand here that a proof may read. */
class StoredNodesTest {
  private static final long SIZE = 10_000_000;

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final LogId log = new LogId.OfTenant(tenant.tenant());

  @Test
  void aProofFromTenMillionLeavesReadsAHandfulOfTiles() {
    for (long first : List.of(SIZE - SIZE % 256, 1_234_432L)) {
      leaves(first);
    }
    nodes(1, SIZE / 256);
    nodes(2, SIZE / 65_536);
    for (long index : List.of(1_234_432L, 1_234_567L, SIZE - 1)) {
      Scopes.run(
          tenant,
          () -> {
            StoredNodes nodes = new LogRows(SERVER.app()).nodes(log, SIZE);
            assertThat(InclusionProof.of(index, SIZE, nodes).path()).hasSizeBetween(10, 24);
            assertThat(nodes.tilesRead()).isLessThanOrEqualTo(5);
          });
    }
  }

  @Test
  void aHashThatIsMissingIsNoHash() {
    assertThatThrownBy(
            () ->
                Scopes.run(
                    tenant,
                    () ->
                        InclusionProof.of(
                            5_000_000, SIZE, new LogRows(SERVER.app()).nodes(log, SIZE))))
        .hasMessageContaining("lacks")
        .hasMessageContaining("tile/");
  }

  private void leaves(long first) {
    SERVER
        .superuser()
        .sql(
            """
            insert into audit.leaf (tenant_id, leaf_index, record_id, leaf_hash, record)
            select :tenant, i, uuidv7(), sha256(i::text::bytea), '' from generate_series(:first, :last) i
            """)
        .param("tenant", tenant.tenant().value())
        .param("first", first)
        .param("last", Math.min(first + 256, SIZE) - 1)
        .update();
  }

  private void nodes(int level, long count) {
    SERVER
        .superuser()
        .sql(
            """
            insert into audit.node (tenant_id, tile_level, node_index, node_hash)
            select :tenant, :level, i, sha256(i::text::bytea) from generate_series(0, :last) i
            """)
        .param("tenant", tenant.tenant().value())
        .param("level", level)
        .param("last", count - 1)
        .update();
  }
}
