package dev.cofferdam.review;

import dev.cofferdam.review.register.HandedOver;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code review target-example}: what a file of identities looks like. */
@Command(
    name = "target-example",
    mixinStandardHelpOptions = true,
    description = "Prints an example of the file that says who acts on a deployment.")
final class TargetExampleCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.print(HandedOver.example());
    return Main.GOOD;
  }
}
