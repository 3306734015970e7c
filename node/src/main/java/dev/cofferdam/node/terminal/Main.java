package dev.cofferdam.node.terminal;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code ./cofferdam} for a person who has no server here. */
@Command(
    name = "./cofferdam",
    subcommands = {LoginCommand.class, LogoutCommand.class, TokenCommand.class})
public final class Main {
  private Main() {}

  /** All of them, by name. */
  public static CommandLine commands() {
    return new CommandLine(new Main());
  }

  public static void main(String[] arguments) {
    // It speaks English, in numbers too.
    Locale.setDefault(Locale.ROOT);
    System.exit(commands().execute(arguments));
  }
}
