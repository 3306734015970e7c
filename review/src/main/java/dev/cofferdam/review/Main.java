package dev.cofferdam.review;

import dev.cofferdam.review.register.RegisterRefusedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command line of the review. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = "Replays the threat model as attacks, and shows that each would succeed.",
    subcommands = {
      RunCommand.class,
      KeyCommand.class,
      VerifyCommand.class,
      DiffCommand.class,
      ProveCommand.class,
      TargetCommand.class,
      TargetExampleCommand.class,
      DemoCommand.class,
      ThreatModelCommand.class
    })
public final class Main {
  /** Every attack was refused, and every mutant was seen. */
  static final int GOOD = 0;

  /** There is a finding. */
  static final int FINDING = 1;

  /** Nothing can be said. */
  static final int COULD_NOT_RUN = 2;

  private Main() {}

  /** Runs one command and exits: 0 good, 1 a finding, 2 could not run. */
  public static void main(String[] args) {
    // A sign-off is the same whoever's machine it was written on.
    Locale.setDefault(Locale.ROOT);
    System.exit(execute(args));
  }

  static int execute(String... args) {
    return new CommandLine(new Main()).setExecutionExceptionHandler(Main::failed).execute(args);
  }

  /** Says why a command could not do what it was to. */
  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    System.err.println("cofferdam: " + told(failure));
    return COULD_NOT_RUN;
  }

  private static String told(Exception failure) {
    return switch (failure) {
      case RegisterRefusedException refused -> "The register is not whole: " + refused.getMessage();
      case NoSuchFileException none -> "There is no file `" + none.getFile() + "`.";
      default -> String.valueOf(failure.getMessage());
    };
  }
}
