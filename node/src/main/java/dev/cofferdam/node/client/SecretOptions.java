package dev.cofferdam.node.client;

import dev.cofferdam.protocol.log.NoteKey;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Option;

/** What commands that read secrets have in common. */
final class SecretOptions {
  static final String UNPROVEN =
      "5:what came is not what was asked for, or its receipt does not hold; nothing of it was used";

  @Option(
      names = "--log-key",
      paramLabel = "NAME+ID+KEY",
      description =
          "The key of the tenant's log, as `/v1/audit/log/keys` gives it: each receipt must then hold. May be given more than once.")
  private List<String> logKeys = List.of();

  SecretReader reader(Identity identity, NodeKeys keys, Patience time) {
    return new SecretReader(
        new NodeClient(identity, keys, time, Clock.systemUTC()),
        keys,
        logKeys.stream().map(NoteKey::parse).toList());
  }
}
