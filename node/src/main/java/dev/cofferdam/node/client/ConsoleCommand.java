package dev.cofferdam.node.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that says what it did on standard output, and why it did not on standard error. */
public abstract class ConsoleCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** Says why it ends, and gives the code that it ends with. */
  protected final int ended(IOException why, int code) {
    tell("%s", String.valueOf(why.getMessage()));
    return code;
  }

  /** To be read by whoever asked, or by the next program. */
  protected final void say(String format, Object... of) {
    print(command().commandLine().getOut(), format, of);
  }

  /** To be read by a person alone. */
  protected final void tell(String format, Object... of) {
    print(command().commandLine().getErr(), format, of);
  }

  private static void print(PrintWriter to, String format, Object... of) {
    to.printf(format + "%n", of);
    to.flush();
  }

  /** What it is on the command line. */
  protected final CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec;
  }
}
