package dev.cofferdam.server.launch;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The command line of the server's archive. {@code ./cofferdam} finds a JDK and a build, and then
 * runs this.
 *
 * <p>Exit codes: 0 done, 1 refused or failed, 2 not understood.
 */
@Command(
    name = "cofferdam",
    subcommands = {
      UpCommand.class,
      DoctorCommand.class,
      DatabaseCommand.class,
      AuditCommand.class,
      KeysCommand.class,
      RootKeyCommand.class,
      VersionCommand.class
    })
public final class Main {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int NOT_UNDERSTOOD = 2;

  private Main() {}

  public static void main(String[] arguments) {
    // It speaks English, in numbers too, and writes for programs: in no language of the machine's.
    Locale.setDefault(Locale.ROOT);
    // Read when TLS is first used: a client that begins one handshake after the other costs us more
    // than itself.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
      return help(
          words.isEmpty() || words.getFirst().startsWith("-") ? "cofferdam" : words.getFirst());
    }
    Logs logs = Logs.toConsole();
    CommandLine commands = commands(logs);
    commands.setParameterExceptionHandler(Main::notUnderstood);
    commands.setExecutionExceptionHandler((failure, command, parsed) -> refused(failure, logs));
    return commands.execute(arguments);
  }

  static CommandLine commands(Logs logs) {
    return new CommandLine(new Main(), new Commands(logs));
  }

  private static int help(String command) {
    Optional<String> text = Help.of(command);
    System.out.print(text.orElse("cofferdam: there is no command `" + command + "`\n"));
    return text.isPresent() ? DONE : NOT_UNDERSTOOD;
  }

  /** The page that says how a command is used, and all of what stands below it. */
  static String page(CommandLine command) {
    CommandLine above = command.getParent();
    return above == null || above.getParent() == null ? command.getCommandName() : page(above);
  }

  private static int notUnderstood(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getParent() == null ? "" : page(command) + " ";
    err.println("cofferdam: " + String.valueOf(failure.getMessage()).replace('\'', '`'));
    err.println("See `./cofferdam " + name + "--help`.");
    return NOT_UNDERSTOOD;
  }

  private static int refused(Exception failure, Logs logs) {
    Optional<String> sentence = Refusal.sentence(failure);
    if (sentence.isPresent()) {
      LoggerFactory.getLogger(Main.class).info("Refused.", failure);
      System.err.println("cofferdam: " + sentence.get());
    } else {
      String where = logs.trace(failure);
      System.err.println(
          "cofferdam: something failed that should not have: the details are in `" + where + "`.");
    }
    return REFUSED;
  }
}
