package dev.cofferdam.node.terminal;

import dev.cofferdam.node.client.Wire;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The command {@code token create}: says which token is wanted, and is handed it when a person has
 * made it in a browser. Of a login it uses nothing but the address of the server.
 */
@Command(name = "create")
public final class CreateTokenCommand extends TerminalCommand {
  private static final JsonFactory JSON = JsonFactory.builder().build();
  private static final int DAY = "2026-01-01".length();

  @Parameters(paramLabel = "LABEL")
  private String label = "";

  @Option(names = "--scope", paramLabel = "SCOPE", split = ",", required = true)
  private List<String> scopes = List.of();

  @Option(names = "--days", paramLabel = "DAYS")
  private int days = 30;

  @Option(names = "--server", paramLabel = "SERVER")
  private @Nullable String server;

  @Option(names = "--output", paramLabel = "FILE")
  private @Nullable Path output;

  public CreateTokenCommand() {
    this(Patience.ofSystem());
  }

  /** The same, with other time. */
  public CreateTokenCommand(Patience patience) {
    super(patience);
  }

  @Override
  void run(LoginFile file, Patience patience) throws IOException {
    Optional<Login> login = server == null ? file.alone(LoginFile.Held::read) : Optional.empty();
    URI origin = origin(server, login);
    if (output == null) {
      say("%s", made(origin, patience).text());
      return;
    }
    try (NewFile target = NewFile.at(output)) {
      target.write(made(origin, patience).text() + "\n");
    }
  }

  private MadeToken made(URI origin, Patience patience) throws IOException {
    Wire wire = new Wire(origin);
    MadeToken made =
        new Tokens(wire, Endpoints.of(wire, patience), patience)
            .make(
                details(),
                (code, address, goodFor) ->
                    tell(
                        "Open %s in a browser, signed in just now with more than one factor, and type the code%n%n    %s%n%n"
                            + "It is good for %d minutes. The page says which token this terminal gets: make it if that is what"
                            + " you have asked for here.",
                        address, code, goodFor.toMinutes()));
    tell(
        "Made until %s. It is shown here once; `cofferdam token revoke` and the page `Tokens` end it.",
        made.until().toString().substring(0, DAY));
    return made;
  }

  private String details() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      json.writeStartObject();
      json.writeStringProperty("type", "personal_token");
      json.writeStringProperty("label", label);
      json.writeArrayPropertyStart("scopes");
      scopes.forEach(json::writeString);
      json.writeEndArray();
      json.writeNumberProperty("expires_in_days", days);
      json.writeEndObject();
      json.writeEndArray();
    }
    return text.toString();
  }
}
