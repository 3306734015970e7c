package dev.cofferdam.node.client;

import java.io.IOException;
import java.time.Clock;
import picocli.CommandLine.Command;

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
  @Override
  void run(NodeHome node, Patience time) throws IOException {
    new Registrar(node, time, Clock.systemUTC()).changeKeys();
    try (NodeKeys keys = node.keys()) {
      say("The node has new keys: %s.", keys.signing().jwk().thumbprint());
    }
  }
}
