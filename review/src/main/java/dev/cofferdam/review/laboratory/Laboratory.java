package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.attack.Companion;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Surroundings;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.register.Layer;
import dev.cofferdam.review.run.Stage;
import dev.cofferdam.review.verifier.Verifier;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Routes;
import dev.cofferdam.review.web.Touched;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.ControlChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One running server and its clones. Not thread-safe: one attack at a time. */
public final class Laboratory implements Stage, AutoCloseable {
  private static final String UNCHANGED = "unchanged";

  private final Folders folders;
  private final ServerProcess server;
  private final ControlChannel channel;
  private final Cluster cluster;
  private final Furnishing.Furnished furnished;
  private final Verifier verifier;
  private final HostileIdp idp;
  private final Touched touched = new Touched();
  private final List<String> undo = new ArrayList<>();
  private final List<String> restored = new ArrayList<>();
  private final Clones clones;
  private final List<ServerProcess> companions = new ArrayList<>();
  private int plays;

  private Laboratory(
      Folders folders,
      ServerProcess server,
      ControlChannel channel,
      Cluster cluster,
      Furnishing.Furnished furnished,
      Verifier verifier,
      HostileIdp idp) {
    this.idp = idp;
    this.folders = folders;
    this.verifier = verifier;
    this.server = server;
    this.channel = channel;
    this.cluster = cluster;
    this.clones = new Clones(cluster, folders);
    this.furnished = furnished;
  }

  /**
   * Starts a server on data of its own, gives it two tenants with canaries, and clones its
   * database.
   *
   * @throws LaboratoryException when any of that fails
   */
  public static Laboratory open(Archives archives) {
    Folders folders = Folders.make();
    // Of what tenants bring: as honest as it is told to be.
    HostileIdp idp = HostileIdp.open();
    ServerProcess server = null;
    try {
      server = ServerProcess.up(archives, folders.root(), idp.authority());
      ControlChannel channel = server.channel();
      Cluster cluster = Cluster.of(channel.credentials());
      cluster.shortenHandshakes();
      Furnishing.Furnished furnished =
          new Furnishing(channel, cluster, server.site(), server.letters(), idp).furnish();
      cluster.settle();
      channel.auditRound();
      channel.stage(UNCHANGED, Set.of());
      cluster.makePristine();
      folders.keepMirror(Cluster.PRISTINE);
      folders.cloneMirror(Cluster.PRISTINE, UNCHANGED);
      cluster.clone(UNCHANGED);
      return new Laboratory(
          folders, server, channel, cluster, furnished, new Verifier(archives.node()), idp);
    } catch (RuntimeException failed) {
      String said = "";
      if (server != null) {
        server.close();
        said = " Its server said: " + server.said();
      }
      idp.close();
      folders.delete();
      throw new LaboratoryException(failed.getMessage() + said, failed);
    }
  }

  /** The layers that the agent in the server can take out. */
  public List<String> layers() {
    return channel.layers();
  }

  /** The server's routes. */
  Routes routes() {
    return furnished.town().routes();
  }

  /** What was asked of the server as it ships. */
  Touched touched() {
    return touched;
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
  public Target with(List<Layer> out, Mode mode, Predicate<Route> swept) {
    List<String> statements = new ArrayList<>();
    undo.clear();
    Set<String> switches = new HashSet<>();
    Set<String> inVerifier = new HashSet<>();
    for (Layer layer : out) {
      switch (layer.out()) {
        case Layer.InDatabase(var statement, var back) -> {
          statements.add(statement);
          undo.add(back);
        }
        case Layer.InProcess(var name) -> switches.add(name);
        case Layer.InVerifier(var name) -> inVerifier.add(name);
      }
    }
    boolean own = !statements.isEmpty() || mode != Mode.SAFE;
    String database = own ? clones.take(statements) : UNCHANGED;
    plays++;
    channel.stage(database, switches);
    verifier.take(inVerifier);
    // No server is before the last one's any more.
    clones.tidy();
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
        new Web(
            server.site(),
            furnished.town(),
            channel::forget,
            server.logFromNow(),
            // With a layer out, an attack ends where it succeeds, and that says nothing of the
            // rest.
            new Web.Observed(
                occupants.getFirst().id(), out.isEmpty() ? touched : new Touched(), swept)),
        new Surroundings(
            server.management(),
            folders.data(),
            Folders.temporary(folders.root()),
            verifier,
            folders.mirror(database),
            server.letters()::code,
            folders.scratch("play_" + plays),
            () -> restored(statements),
            () -> companion(database),
            clones::settle));
  }

  private Companion companion(String on) {
    ServerProcess second =
        server.beside(
            folders.scratch("play_" + plays + "_beside"),
            cluster.address() + "/" + on,
            folders.mirror(on));
    companions.add(second);
    return new Companion(second.site(), second::kill);
  }

  /** With the same layers out, and the server before it instead of before the one it has. */
  private String restored(List<String> statements) {
    String database = clones.take(statements);
    restored.add(database);
    channel.restore(database);
    return database;
  }

  /**
   * Ends the use of the target's clone. The server stays before it, and is as the attack left it,
   * until the next target is set up with exactly its layers out: another database in between would
   * have the server connect anew for nobody.
   */
  @Override
  public void release(Target target) {
    target.web().close();
    companions.forEach(ServerProcess::kill);
    companions.clear();
    cluster.undo(undo);
    if (!target.database().equals(UNCHANGED)) {
      clones.spend(target.database());
    }
    restored.forEach(clones::spend);
    restored.clear();
    Folders.delete(target.around().scratch());
    Folders.delete(folders.scratch("play_" + plays + "_beside"));
  }

  /** Leaves the server's log in {@code kept}, for whoever reads the report. */
  public void keepLog(Path kept) {
    server.keepLog(kept);
  }

  @Override
  public void close() {
    channel.close();
    clones.close();
    cluster.close();
    server.close();
    idp.close();
    verifier.close();
    folders.delete();
  }
}
