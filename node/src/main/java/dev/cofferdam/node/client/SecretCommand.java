package dev.cofferdam.node.client;

import dev.cofferdam.protocol.crypto.SecretAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The command {@code secret}. */
@Command(
    name = "secret",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Reads a secret that was granted to this node, opens it with the node's key, and writes the value, and nothing else, to the standard output.%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      NodeCommand.DONE,
      NodeCommand.REFUSED,
      NodeCommand.USAGE,
      NodeCommand.UNREACHABLE,
      NodeCommand.UNUSABLE,
      SecretOptions.UNPROVEN,
      SecretOptions.STALE
    })
public final class SecretCommand extends NodeCommand {
  private static final SecretAccess ACCESS = SecretAccess.issue();

  @Parameters(
      paramLabel = "PROJECT/NAME",
      description = "The id of the project, a slash, and the name of the secret.")
  private String secret = "";

  @Option(
      names = "--version-number",
      paramLabel = "N",
      description = "Which version (default: the newest).")
  private @Nullable Long version;

  @Mixin private SecretOptions options = new SecretOptions();

  @Override
  void run(NodeHome node, Patience time) throws IOException {
    SecretReference wanted = reference(this, secret);
    try (NodeKeys keys = node.keys();
        GivenSecret given =
            options
                .reader(node, keys, time)
                .read(
                    wanted.project(),
                    wanted.name(),
                    version == null ? OptionalLong.empty() : OptionalLong.of(version))) {
      sayOf(given);
      OutputStream out = System.out;
      given
          .value()
          .lend(
              ACCESS,
              bytes -> {
                out.write(bytes);
                out.flush();
                return bytes.length;
              });
    }
  }

  static SecretReference reference(NodeCommand of, String text) {
    try {
      return SecretReference.of(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(of.command().commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
