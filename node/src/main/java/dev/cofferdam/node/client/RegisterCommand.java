package dev.cofferdam.node.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.crypto.Kem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command {@code register}. */
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Makes this machine a node of a tenant: makes its keys, which never leave it, and shows a bootstrap token once.%n",
      "The token is read from a file or from standard input, so that nobody sees it who lists processes. Run it again when it"
          + " was cut off: the same keys and the same token come to the same node.%n"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      NodeCommand.DONE,
      NodeCommand.REFUSED,
      NodeCommand.USAGE,
      NodeCommand.UNREACHABLE,
      NodeCommand.UNUSABLE
    },
    footerHeading = "%nExample:%n",
    footer = "  cofferdam-node register --server https://cofferdam.example --token-file token")
public final class RegisterCommand extends NodeCommand {
  @Option(
      names = "--server",
      required = true,
      paramLabel = "URL",
      description = "The server: https, or http on this machine.")
  private String server = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Where the bootstrap token is (default: standard input).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--receiving-key",
      paramLabel = "KIND",
      description =
          "What secrets are sealed to: `x25519`, or `x-wing`, which is X25519 and ML-KEM-768 together (default: x25519).")
  private @Nullable String receivingKey;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Certificates of the authorities (PEM) that vouch for the server, and no others from then on; a copy stays with the keys (default: those of the machine).")
  private @Nullable Path authorities;

  @Override
  void run(NodeHome node, Patience time) throws IOException {
    URI origin =
        ServerAddress.origin(server)
            .orElseThrow(
                () ->
                    new ParameterException(
                        command().commandLine(),
                        "`%s` is no address of a server: write https and its name, without a path."
                            .formatted(server)));
    if (authorities != null) {
      node.keepAuthorities(authorities);
    }
    Identity made =
        new Registrar(node, time, Clock.systemUTC())
            .register(origin, token(), kind(receivingKey).orElse(Kem.X25519));
    say(
        "This machine is the node %s (%s) of the tenant %s.",
        made.name(), made.node(), made.tenant());
  }

  private String token() throws IOException {
    try {
      return tokenFile == null
          ? new String(System.in.readAllBytes(), UTF_8).strip()
          : Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw new UnusableHomeException("The token cannot be read from `" + tokenFile + "`.", e);
    }
  }
}
