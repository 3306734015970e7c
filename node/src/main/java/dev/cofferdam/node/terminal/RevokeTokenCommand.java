package dev.cofferdam.node.terminal;

import java.io.IOException;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code token revoke}. */
@Command(name = "revoke")
public final class RevokeTokenCommand extends TerminalCommand {
  @Parameters(paramLabel = "ID")
  private UUID id = new UUID(0, 0);

  public RevokeTokenCommand() {
    this(Patience.ofSystem());
  }

  /** The same, with other time. */
  public RevokeTokenCommand(Patience patience) {
    super(patience);
  }

  @Override
  void run(LoginFile file, Patience patience) throws IOException {
    new Api(file, patience).delete("/v1/tokens/" + id);
    say("Revoked %s.", id);
  }
}
