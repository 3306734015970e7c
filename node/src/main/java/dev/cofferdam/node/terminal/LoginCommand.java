package dev.cofferdam.node.terminal;

import dev.cofferdam.node.client.RefusedByServerException;
import dev.cofferdam.node.client.Reply;
import dev.cofferdam.node.client.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code login}. */
@Command(name = "login")
public final class LoginCommand extends TerminalCommand {
  @Parameters(arity = "0..1", paramLabel = "SERVER")
  private @Nullable String server;

  @Option(names = "--scope", paramLabel = "SCOPE", split = ",")
  private @Nullable List<String> scopes;

  public LoginCommand() {
    this(Patience.ofSystem());
  }

  /** The same, with other time. */
  public LoginCommand(Patience patience) {
    super(patience);
  }

  @Override
  void run(LoginFile file, Patience patience) throws IOException {
    Optional<Login> before = file.alone(LoginFile.Held::read);
    URI origin = origin(server, before);
    Wire wire = new Wire(origin);
    Tokens tokens = new Tokens(wire, Endpoints.of(wire, patience), patience);
    Login login =
        tokens.begin(
            Optional.ofNullable(scopes).map(all -> String.join(" ", all)),
            (code, address, goodFor) ->
                tell(
                    "Open %s in a browser and type the code%n%n    %s%n%nIt is good for %d minutes. Give it to nobody:"
                        + " whoever types it lets this terminal act as themselves.",
                    address, code, goodFor.toMinutes()));
    file.alone(
        held -> {
          held.write(login);
          return login;
        });
    if (before.isPresent()) {
      end(before.get(), file, patience);
    }
    say("Logged in at %s, in %s.", origin, where(new Api(file, patience)));
  }

  private static String where(Api api) throws IOException {
    try {
      Reply tenant = api.get("/v1/tenant");
      return "%s (%s)".formatted(tenant.member("name"), tenant.member("slug"));
    } catch (RefusedByServerException notForThat) {
      return "the workspace that was chosen there";
    }
  }

  /** What was there before is good for nobody any more. */
  private void end(Login before, LoginFile file, Patience patience) {
    try {
      new Api(file, patience).tokens(before).end(before);
    } catch (IOException e) {
      tell("The login of before could not be ended: end it on the page `Programs`.");
    }
  }
}
