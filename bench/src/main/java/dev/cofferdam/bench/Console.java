package dev.cofferdam.bench;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command says what it measured, and meanwhile how far it has come. */
record Console(PrintWriter out, PrintWriter err) {
  static Console of(CommandSpec spec) {
    return new Console(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  /** A line of the result. */
  void print(String format, Object... arguments) {
    out.println(format.formatted(arguments));
    out.flush();
  }

  /** A line on the way there. */
  void say(String line) {
    err.println("  " + line);
    err.flush();
  }
}
