package dev.cofferdam.node.terminal;

import dev.cofferdam.node.client.ConsoleCommand;
import dev.cofferdam.node.client.RefusedByServerException;
import dev.cofferdam.node.client.ServerAddress;
import dev.cofferdam.node.client.UnreachableServerException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the commands of a terminal have in common: where the login is, and how they end. */
abstract class TerminalCommand extends ConsoleCommand {
  /**
   * Where a server begins that nobody has told otherwise, as it says itself: under another name of
   * this machine it would be another issuer, which knows neither its codes nor its sessions.
   */
  public static final String HERE = "http://127.0.0.1:8080";

  private final Patience patience;

  @Option(names = "--login", paramLabel = "FILE")
  private @Nullable Path login;

  TerminalCommand(Patience patience) {
    this.patience = patience;
  }

  /** Does it; what it throws is printed. */
  abstract void run(LoginFile file, Patience patience) throws IOException;

  @Override
  public Integer call() {
    Path file =
        login == null
            ? LoginFile.usual(System.getenv(), Path.of(System.getProperty("user.home")))
            : login;
    try {
      run(new LoginFile(file), patience);
      return 0;
    } catch (RefusedByServerException e) {
      return ended(e, 1);
    } catch (UnreachableServerException e) {
      return ended(e, 3);
    } catch (IOException e) {
      return ended(e, 4);
    }
  }

  /** Where to ask: at the server that was named, else where somebody has logged in, else here. */
  final URI origin(@Nullable String asked, Optional<Login> before) {
    if (asked == null) {
      return before.map(Login::server).orElse(URI.create(HERE));
    }
    return ServerAddress.origin(asked)
        .orElseThrow(
            () ->
                new ParameterException(
                    command().commandLine(),
                    "`%s` is no address of a server: write https and its name, without a path."
                        .formatted(asked)));
  }
}
