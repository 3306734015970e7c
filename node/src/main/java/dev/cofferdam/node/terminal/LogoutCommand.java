package dev.cofferdam.node.terminal;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;

/** The command {@code logout}. */
@Command(name = "logout")
public final class LogoutCommand extends TerminalCommand {
  public LogoutCommand() {
    this(Patience.ofSystem());
  }

  /** The same, with other time. */
  public LogoutCommand(Patience patience) {
    super(patience);
  }

  @Override
  void run(LoginFile file, Patience patience) throws IOException {
    Optional<Login> ended =
        file.alone(
            held -> {
              Optional<Login> login = held.read();
              if (login.isPresent()) {
                // First there: a file that is gone could not be used to say it once more.
                new Api(file, patience).tokens(login.get()).end(login.get());
                held.remove();
              }
              return login;
            });
    say(
        "%s",
        ended
            .map(login -> "Logged out at %s.".formatted(login.server()))
            .orElse("Nobody was logged in here."));
  }
}
