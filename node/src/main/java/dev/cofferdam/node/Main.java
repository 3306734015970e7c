package dev.cofferdam.node;

import dev.cofferdam.node.client.ExecCommand;
import dev.cofferdam.node.client.RegisterCommand;
import dev.cofferdam.node.client.RotateKeysCommand;
import dev.cofferdam.node.client.SecretCommand;
import dev.cofferdam.node.client.StatusCommand;
import dev.cofferdam.node.verify.VerifyCommand;
import dev.cofferdam.node.witness.WitnessCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of a node. */
@Command(
    name = "cofferdam-node",
    mixinStandardHelpOptions = true,
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
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
