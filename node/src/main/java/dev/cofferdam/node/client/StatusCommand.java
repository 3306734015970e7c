package dev.cofferdam.node.client;

import java.io.IOException;
import java.time.Clock;
import picocli.CommandLine.Command;

/** The command {@code status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Asks the server, with this machine's keys, which node it is.%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      NodeCommand.DONE,
      NodeCommand.REFUSED,
      NodeCommand.USAGE,
      NodeCommand.UNREACHABLE,
      NodeCommand.UNUSABLE
    })
public final class StatusCommand extends NodeCommand {
  @Override
  void run(NodeHome node, Patience time) throws IOException {
    Identity identity = node.registered();
    try (NodeClient client =
        new NodeClient(identity, node.keys(), node.authorities(), time, Clock.systemUTC())) {
      Reply reply = client.get("/v1/node");
      say(
          "The node %s (%s) of the tenant %s, with its keys since %s.",
          reply.member("name"), identity.node(), identity.tenant(), reply.member("keys_since"));
    }
  }
}
