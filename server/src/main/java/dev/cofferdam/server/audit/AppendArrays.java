package dev.cofferdam.server.audit;

import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Node;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The arguments of {@code audit.append}: one array for each column, so that a batch is one
 * statement of one shape, whatever is in it.
 */
final class AppendArrays {
  /** Tiles are eight levels apart (C2SP tlog-tiles). */
  static final int TILE_HEIGHT = 8;

  private final String[] logs;
  private final String[] origins;
  private final long[] befores;
  private final long[] afters;
  private final byte[][] frontiers;
  private final byte[][] signatures;
  private final int[] leafLogs;
  private final long[] leafIndexes;
  private final String[] leafIds;
  private final byte[][] leafHashes;
  private final byte[][] leafRecords;
  private final int[] nodeLogs;
  private final int[] nodeLevels;
  private final long[] nodeIndexes;
  private final byte[][] nodeHashes;
  private final int[] outboxLeaves;

  AppendArrays(List<Growth> growths) {
    int count = growths.size();
    int leaves = growths.stream().mapToInt(growth -> growth.drafts().size()).sum();
    int nodes = growths.stream().mapToInt(growth -> growth.tileNodes().size()).sum();
    logs = new String[count];
    origins = new String[count];
    befores = new long[count];
    afters = new long[count];
    frontiers = new byte[count][];
    signatures = new byte[count][];
    leafLogs = new int[leaves];
    leafIndexes = new long[leaves];
    leafIds = new String[leaves];
    leafHashes = new byte[leaves][];
    leafRecords = new byte[leaves][];
    nodeLogs = new int[nodes];
    nodeLevels = new int[nodes];
    nodeIndexes = new long[nodes];
    nodeHashes = new byte[nodes][];
    outboxLeaves =
        new int
            [(int)
                growths.stream()
                    .flatMap(growth -> growth.drafts().stream())
                    .filter(Draft::fromOutbox)
                    .count()];
    fill(growths);
  }

  private void fill(List<Growth> growths) {
    int leaf = 0;
    int node = 0;
    int outbox = 0;
    for (int i = 0; i < growths.size(); i++) {
      Growth growth = growths.get(i);
      logs[i] = growth.log().key().toString();
      origins[i] = growth.before().origin();
      befores[i] = growth.before().size();
      afters[i] = growth.after().size();
      frontiers[i] = growth.after().frontier();
      signatures[i] = growth.after().signature();
      for (int position = 0; position < growth.drafts().size(); position++) {
        Draft draft = growth.drafts().get(position);
        leafLogs[leaf] = i + 1;
        leafIndexes[leaf] = befores[i] + position;
        leafIds[leaf] = draft.id().toString();
        leafHashes[leaf] = growth.leaves().get(position).bytes();
        leafRecords[leaf] = draft.record();
        leaf++;
        if (draft.fromOutbox()) {
          outboxLeaves[outbox++] = leaf;
        }
      }
      for (Map.Entry<Node, Hash> tileNode : growth.tileNodes()) {
        nodeLogs[node] = i + 1;
        nodeLevels[node] = tileNode.getKey().level() / TILE_HEIGHT;
        nodeIndexes[node] = tileNode.getKey().index();
        nodeHashes[node] = tileNode.getValue().bytes();
        node++;
      }
    }
  }

  JdbcClient.StatementSpec bind(JdbcClient ops) {
    return ops.sql(
            """
            select log, size
              from audit.append(
                :logs::uuid[], :origins::text[], :befores, :afters, :frontiers, :signatures,
                :leafLogs, :leafIndexes, :leafIds::uuid[], :leafHashes, :leafRecords,
                :nodeLogs, :nodeLevels, :nodeIndexes, :nodeHashes, :outboxLeaves)
            """)
        .param("logs", logs)
        .param("origins", origins)
        .param("befores", befores)
        .param("afters", afters)
        .param("frontiers", frontiers)
        .param("signatures", signatures)
        .param("leafLogs", leafLogs)
        .param("leafIndexes", leafIndexes)
        .param("leafIds", leafIds)
        .param("leafHashes", leafHashes)
        .param("leafRecords", leafRecords)
        .param("nodeLogs", nodeLogs)
        .param("nodeLevels", nodeLevels)
        .param("nodeIndexes", nodeIndexes)
        .param("nodeHashes", nodeHashes)
        .param("outboxLeaves", outboxLeaves);
  }
}
