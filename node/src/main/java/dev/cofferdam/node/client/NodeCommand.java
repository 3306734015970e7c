package dev.cofferdam.node.client;

import dev.cofferdam.protocol.crypto.Kem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the commands of a node have in common: where it is kept, how long it tries, how it ends. */
abstract class NodeCommand extends ConsoleCommand {
  static final String DONE = "0:done";
  static final String REFUSED = "1:the server refused, and would again; what to do is printed";
  static final String USAGE = "2:usage";
  static final String UNREACHABLE = "3:the server could not be used in time; the same may do later";
  static final String UNUSABLE =
      "4:what lies on this machine cannot be used; what to do is printed";

  @Option(
      names = "--home",
      paramLabel = "DIRECTORY",
      description =
          "Where the node's keys are (default: COFFERDAM_NODE_HOME, else ~/.cofferdam-node).")
  private @Nullable Path home;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to go on when the server cannot be reached (default: 60).")
  private long patience;

  /** Does it; what it throws is printed. */
  abstract void run(NodeHome node, Patience time) throws IOException;

  @Override
  public Integer call() {
    try {
      run(
          NodeHome.at(home == null ? NodeHome.usual() : home),
          Patience.of(Duration.ofSeconds(Math.max(0, patience))));
      return 0;
    } catch (RefusedByServerException e) {
      return ended(e, 1);
    } catch (UnreachableServerException e) {
      return ended(e, 3);
    } catch (UnprovenSecretException e) {
      return ended(e, 5);
    } catch (StaleSecretException e) {
      return ended(e, 6);
    } catch (IOException e) {
      return ended(e, 4);
    }
  }

  /** Where it is not of now, since when it is. */
  final void sayOf(GivenSecret given) {
    given
        .keptSince()
        .ifPresent(since -> tell("The server cannot be reached: %s came at %s.", given, since));
  }

  /** The kind of key that was named; empty when none was. */
  final Optional<Kem> kind(@Nullable String named) {
    Optional<Kem> kind = Optional.ofNullable(named).flatMap(Kem::ofLabel);
    if (named != null && kind.isEmpty()) {
      throw new ParameterException(
          command().commandLine(),
          "`%s` is no kind of key: write `x25519` or `x-wing`.".formatted(named));
    }
    return kind;
  }
}
