package dev.cofferdam.node;

import dev.cofferdam.node.client.ExecCommand;
import dev.cofferdam.node.client.RegisterCommand;
import dev.cofferdam.node.client.RotateKeysCommand;
import dev.cofferdam.node.client.SecretCommand;
import dev.cofferdam.node.client.StatusCommand;
import dev.cofferdam.node.verify.VerifyCommand;
import dev.cofferdam.node.witness.WitnessCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line of a node. */
@Command(
    name = "cofferdam-node",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "What a workload or an auditor runs beside a Cofferdam server, or without one.",
    subcommands = {
      RegisterCommand.class,
      StatusCommand.class,
      SecretCommand.class,
      ExecCommand.class,
      RotateKeysCommand.class,
      VerifyCommand.class,
      WitnessCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // It speaks English, in numbers too, and what it prints is read by programs.
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  /** What the build wrote into the archive; outside of an archive there is no version. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"cofferdam-node " + (version == null ? "(not packaged)" : version)};
    }
  }
}
