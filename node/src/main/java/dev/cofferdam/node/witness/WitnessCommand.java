package dev.cofferdam.node.witness;

import dev.cofferdam.protocol.log.NoteKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code witness}. */
@Command(
    name = "witness",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Cosigns the checkpoints of audit logs, each only when it is proven to continue the one before (C2SP tlog-witness).%n",
      "Run it where the operator of the logs has no hand in: what it keeps is what makes another history visible.%n"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped", "1:could not start; the reason is printed", "2:usage"},
    footerHeading = "%nExample:%n",
    footer =
        "  cofferdam-node witness --name witness.example --state ./witness --logs logs.txt --port 8470")
public final class WitnessCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Under which it cosigns.")
  private String name = "";

  @Option(
      names = "--state",
      required = true,
      paramLabel = "DIRECTORY",
      description = "For its key, made at the first start, and for what it cosigned.")
  private Path directory = Path.of("");

  @Option(
      names = "--log",
      paramLabel = "KEY",
      description = "The public key of a log: name+id+key. May be repeated.")
  private List<String> logs = List.of();

  @Option(
      names = "--logs",
      paramLabel = "FILE",
      description = "The same, one a line; lines that begin with # are left out.")
  private @Nullable Path logFile;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "To listen on (default: 127.0.0.1).")
  private InetAddress address = InetAddress.getLoopbackAddress();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8470",
      description = "To listen on; 0 takes a free one (default: 8470).")
  private int port;

  @Option(
      names = "--behind-tls",
      description = "Something before it speaks TLS: without this it listens on loopback alone.")
  private boolean behindTls;

  @Override
  public Integer call() {
    if (!address.isLoopbackAddress() && !behindTls) {
      throw new ParameterException(
          command().commandLine(),
          "`%s` is not loopback, and a witness speaks plain HTTP: put TLS before it, and say --behind-tls."
              .formatted(address.getHostAddress()));
    }
    PrintWriter out = command().commandLine().getOut();
    try (WitnessState state = WitnessState.open(directory)) {
      WitnessKey key = WitnessKey.open(directory.resolve("key"), name);
      Witness witness = new Witness(key, keys(), state, Clock.systemUTC());
      try (WitnessServer server =
          new WitnessServer(new InetSocketAddress(address, port), witness, this::say)) {
        out.printf("Witnessing on port %d as %s%n", server.port(), key.published());
        out.flush();
        new CountDownLatch(1).await();
      }
      return 0;
    } catch (InterruptedException e) {
      // Told to stop by whoever runs it in a process of theirs.
      return 0;
    } catch (IOException e) {
      say(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private Map<String, List<NoteKey>> keys() throws IOException {
    List<String> texts = new ArrayList<>(logs);
    if (logFile != null) {
      Files.readAllLines(logFile).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(texts::add);
    }
    if (texts.isEmpty()) {
      throw new ParameterException(
          command().commandLine(), "Name the logs to witness, with --log or --logs.");
    }
    try {
      return texts.stream().map(NoteKey::parse).collect(Collectors.groupingBy(NoteKey::name));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void say(String line) {
    PrintWriter err = command().commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec;
  }
}
