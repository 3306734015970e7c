package dev.cofferdam.node.terminal;

import java.io.IOException;
import picocli.CommandLine.Command;

/**
 * The command {@code token}: by itself the access token of the login, for other programs; below it
 * what looks after the tokens that a person has made.
 */
@Command(
    name = "token",
    subcommands = {CreateTokenCommand.class, ListTokensCommand.class, RevokeTokenCommand.class})
public final class TokenCommand extends TerminalCommand {
  public TokenCommand() {
    this(Patience.ofSystem());
  }

  /** The same, with other time. */
  public TokenCommand(Patience patience) {
    super(patience);
  }

  @Override
  void run(LoginFile file, Patience patience) throws IOException {
    say("%s", new Api(file, patience).login().accessToken());
  }
}
