package dev.cofferdam.node.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.node.client.Members;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code token list}. */
@Command(name = "list")
public final class ListTokensCommand extends TerminalCommand {
  private static final int DAY = "2026-01-01".length();

  private static final int PAGE = 100;

  private final int page;

  @Option(names = "--json")
  private boolean json;

  public ListTokensCommand() {
    this(Patience.ofSystem(), PAGE);
  }

  /**
   * The same, with other time.
   *
   * @param page how many are asked for at once
   */
  public ListTokensCommand(Patience patience, int page) {
    super(patience);
    this.page = page;
  }

  @Override
  void run(LoginFile file, Patience patience) throws IOException {
    Api api = new Api(file, patience);
    if (!json) {
      tell("%-36s  %-10s  %-10s  %s", "ID", "UNTIL", "LAST USED", "LABEL");
    }
    Optional<String> cursor = Optional.empty();
    do {
      Items some =
          Items.of(
              api.get(
                      "/v1/tokens?limit="
                          + page
                          + cursor.map(at -> "&cursor=" + URLEncoder.encode(at, UTF_8)).orElse(""))
                  .body());
      some.objects().forEach(this::show);
      cursor = some.next();
    } while (cursor.isPresent());
  }

  private void show(String token) {
    if (json) {
      say("%s", token);
      return;
    }
    Map<String, String> members = Members.of(token.getBytes(UTF_8));
    say(
        "%-36s  %-10s  %-10s  %s",
        plain(members, "id"),
        day(plain(members, "expires_at")),
        day(plain(members, "used_at")),
        plain(members, "label"));
  }

  private static String day(String time) {
    return time.isEmpty() ? "never" : time.substring(0, Math.min(DAY, time.length()));
  }

  /** Nothing that a terminal would take for an order. */
  private static String plain(Map<String, String> members, String name) {
    return members.getOrDefault(name, "").replaceAll("\\p{Cntrl}", "?");
  }
}
