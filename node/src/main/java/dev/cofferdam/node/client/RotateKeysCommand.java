package dev.cofferdam.node.client;

import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code rotate-keys}. */
@Command(
    name = "rotate-keys",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Exchanges both keys of this node for new ones. The older ones are refused from then on, and deleted here.%n",
      "Run it again when it was cut off: it goes on with the keys that it had made.%n"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      NodeCommand.DONE,
      NodeCommand.REFUSED,
      NodeCommand.USAGE,
      NodeCommand.UNREACHABLE,
      NodeCommand.UNUSABLE
    })
public final class RotateKeysCommand extends NodeCommand {
  @Option(
      names = "--receiving-key",
      paramLabel = "KIND",
      description =
          "What secrets are sealed to: `x25519`, or `x-wing`, which is X25519 and ML-KEM-768 together (default: the same as before).")
  private @Nullable String receivingKey;

  @Override
  void run(NodeHome node, Patience time) throws IOException {
    new Registrar(node, time, Clock.systemUTC()).changeKeys(kind(receivingKey));
    try (NodeKeys keys = node.keys()) {
      say("The node has new keys: %s.", keys.signing().jwk().thumbprint());
    }
  }
}
