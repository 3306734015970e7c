package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.register.Layer;
import dev.cofferdam.review.run.Stage;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.ControlChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One running server and its clones. Not thread-safe: one attack at a time. */
public final class Laboratory implements Stage, AutoCloseable {
  private static final String UNCHANGED = "unchanged";

  private static final long ENOUGH_BYTES = 2L << 30;

  private final Path folder;
  private final ServerProcess server;
  private final ControlChannel channel;
  private final Cluster cluster;
  private final Furnishing.Furnished furnished;
  private final List<String> undo = new ArrayList<>();
  private int clones;

  private Laboratory(
      Path folder,
      ServerProcess server,
      ControlChannel channel,
      Cluster cluster,
      Furnishing.Furnished furnished) {
    this.folder = folder;
    this.server = server;
    this.channel = channel;
    this.cluster = cluster;
    this.furnished = furnished;
  }

  /**
   * Starts a server on data of its own, gives it two tenants with canaries, and clones its
   * database.
   *
   * @throws LaboratoryException when any of that fails
   */
  public static Laboratory open(Archives archives) {
    Path folder = newFolder();
    ServerProcess server = null;
    try {
      server = ServerProcess.up(archives, folder);
      ControlChannel channel = server.channel();
      Cluster cluster = Cluster.of(channel.credentials());
      Furnishing.Furnished furnished = new Furnishing(channel, cluster, server.site()).furnish();
      cluster.settle();
      channel.stage(UNCHANGED, Set.of());
      cluster.makePristine();
      cluster.clone(UNCHANGED, List.of());
      return new Laboratory(folder, server, channel, cluster, furnished);
    } catch (RuntimeException failed) {
      if (server != null) {
        server.close();
      }
      delete(folder);
      throw failed;
    }
  }

  /** The layers that the agent in the server can take out. */
  public List<String> layers() {
    return channel.layers();
  }

  /** Routes of the server that nothing can be asked of. */
  public List<String> unprobed() {
    return furnished.town().probes().missing(furnished.town().routes());
  }

  /**
   * Sets the laboratory up with exactly these layers out.
   *
   * @param mode of the attack that comes: any but a safe one gets a clone of its own
   */
  @Override
  public Target with(List<Layer> out, Mode mode) {
    List<String> statements = new ArrayList<>();
    undo.clear();
    Set<String> switches = new HashSet<>();
    for (Layer layer : out) {
      switch (layer.out()) {
        case Layer.InDatabase(var statement, var back) -> {
          statements.add(statement);
          undo.add(back);
        }
        case Layer.InProcess(var name) -> switches.add(name);
      }
    }
    String database = UNCHANGED;
    if (!statements.isEmpty() || mode != Mode.SAFE) {
      clones++;
      database = "clone_" + clones;
      cluster.clone(database, statements);
    }
    channel.stage(database, switches);
    List<Occupant> occupants = furnished.occupants();
    return new Target(
        channel,
        cluster.address(),
        database,
        cluster.passwords(),
        cluster.superuser(),
        occupants.get(0),
        occupants.get(1),
        occupants.get(2),
        new Web(server.site(), furnished.town(), channel::forget, server.logFromNow()));
  }

  /** Puts every layer back and throws the target's clone away. */
  @Override
  public void release(Target target) {
    target.web().close();
    channel.stage(UNCHANGED, Set.of());
    cluster.undo(undo);
    if (!target.database().equals(UNCHANGED)) {
      cluster.drop(target.database());
    }
  }

  /** Leaves the server's log in {@code kept}, for whoever reads the report. */
  public void keepLog(Path kept) {
    server.keepLog(kept);
  }

  @Override
  public void close() {
    channel.close();
    server.close();
    delete(folder);
  }

  /**
   * In memory, where there is room: a clone for each state of each attack is some thousand files,
   * and their way to a disk would be most of the run.
   */
  private static Path newFolder() {
    try {
      Path memory = Path.of("/dev/shm");
      Path usual = Path.of(System.getProperty("java.io.tmpdir"));
      return Files.createTempDirectory(
          Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() >= ENOUGH_BYTES
              ? memory
              : usual,
          "cofferdam-laboratory-",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
