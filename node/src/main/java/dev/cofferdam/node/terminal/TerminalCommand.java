package dev.cofferdam.node.terminal;

import dev.cofferdam.node.client.RefusedByServerException;
import dev.cofferdam.node.client.UnreachableServerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands of a terminal have in common: where the login is, and how they end. */
abstract class TerminalCommand implements Callable<Integer> {
  private final Patience patience;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--login", paramLabel = "FILE")
  private @Nullable Path login;

  TerminalCommand(Patience patience) {
    this.patience = patience;
  }

  /** Does it; what it throws is printed. */
  abstract void run(LoginFile file, Patience patience) throws IOException;

  @Override
  public Integer call() {
    Path file =
        login == null
            ? LoginFile.usual(System.getenv(), Path.of(System.getProperty("user.home")))
            : login;
    try {
      run(new LoginFile(file), patience);
      return 0;
    } catch (RefusedByServerException e) {
      return ended(e, 1);
    } catch (UnreachableServerException e) {
      return ended(e, 3);
    } catch (PersonRequiredException e) {
      return ended(e, 5);
    } catch (IOException e) {
      return ended(e, 4);
    }
  }

  private int ended(IOException why, int code) {
    PrintWriter err = command().commandLine().getErr();
    err.println(why.getMessage());
    err.flush();
    return code;
  }

  /** To be read by whoever asked, or by the next program. */
  final void say(String format, Object... of) {
    PrintWriter out = command().commandLine().getOut();
    out.printf(format + "%n", of);
    out.flush();
  }

  /** To be read by a person alone. */
  final void tell(String format, Object... of) {
    PrintWriter err = command().commandLine().getErr();
    err.printf(format + "%n", of);
    err.flush();
  }

  final CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec;
  }
}
