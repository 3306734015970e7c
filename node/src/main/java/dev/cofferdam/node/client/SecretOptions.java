package dev.cofferdam.node.client;

import dev.cofferdam.protocol.log.NoteKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What commands that read secrets have in common. */
final class SecretOptions {
  static final String UNPROVEN =
      "5:what came is not what was asked for, or its receipt does not hold; nothing of it was used";

  static final String STALE =
      "6:the server could not be used in time, and what was kept is older than --offline-for";

  @Option(
      names = "--log-key",
      paramLabel = "NAME+ID+KEY",
      description =
          "The key of the tenant's log, as `/v1/audit/log/keys` gives it: each receipt must then hold. May be given more than once.")
  private List<String> logKeys = List.of();

  @Option(
      names = "--offline-for",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description =
          "Keep what came, sealed as it is, and use it for so long when the server cannot be reached (default: nothing is kept).")
  private long offlineFor;

  SecretReader reader(NodeHome node, NodeKeys keys, Patience time) throws IOException {
    Clock clock = Clock.systemUTC();
    SecretReader reader =
        new SecretReader(
            new NodeClient(node.registered(), keys, node.authorities(), time, clock),
            keys,
            logKeys.stream().map(NoteKey::parse).toList());
    return offlineFor > 0
        ? reader.keepingIn(node.sealed(), Duration.ofSeconds(offlineFor), clock)
        : reader;
  }
}
