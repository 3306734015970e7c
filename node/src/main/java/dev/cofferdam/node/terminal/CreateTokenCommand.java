package dev.cofferdam.node.terminal;

import dev.cofferdam.node.client.UnusableHomeException;
import java.io.IOException;
import picocli.CommandLine.Command;

/** The command {@code token create}, which says where a person makes one. */
@Command(name = "create")
public final class CreateTokenCommand extends TerminalCommand {
  public CreateTokenCommand() {
    super(Patience.ofSystem());
  }

  @Override
  void run(LoginFile file, Patience patience) throws IOException {
    String server =
        file.alone(LoginFile.Held::read)
            .map(login -> login.server().toString())
            .orElseThrow(
                () ->
                    new UnusableHomeException(
                        "Nobody has logged in here: run `cofferdam login` first."));
    throw new PersonRequiredException(
        "A token that lasts is made by you and by no program: open %s/tokens in a browser, signed in just now with more than one factor. It is shown there once."
            .formatted(server));
  }
}
