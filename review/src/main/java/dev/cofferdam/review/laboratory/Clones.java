package dev.cofferdam.review.laboratory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The databases that stand in for a laboratory's own, each with its mirror. The next one is made,
 * and those are thrown away that no server is before any more, while an attack is played:
 * PostgreSQL waits for most of either, for checkpoints. Not thread-safe.
 */
final class Clones implements AutoCloseable {
  private final Cluster cluster;
  private final Folders folders;
  private final ExecutorService meanwhile =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
  private final List<String> spent = new ArrayList<>();
  private @Nullable Future<Clone> next;
  private Future<?> thrownAway = CompletableFuture.completedFuture(null);
  private int made;

  /**
   * @param signedIn when those who live there signed in
   */
  private record Clone(String name, long signedIn) {}

  Clones(Cluster cluster, Folders folders) {
    this.cluster = cluster;
    this.folders = folders;
  }

  /**
   * A clone that nobody was in.
   *
   * @param changes that are made in it first
   */
  String take(List<String> changes) {
    Clone clone = next();
    if (!Cluster.isFresh(clone.signedIn())) {
      // The attack before took long.
      spend(clone.name());
      clone = next();
    }
    cluster.change(clone.name(), changes);
    return clone.name();
  }

  /** The clone that was begun, or one that is made now. */
  private Clone next() {
    Future<Clone> begun = begun();
    next = null;
    return await(begun);
  }

  private Future<Clone> begun() {
    Future<Clone> known = next;
    if (known != null) {
      return known;
    }
    made++;
    String name = "clone_" + made;
    Future<Clone> begun =
        meanwhile.submit(
            () -> {
              folders.cloneMirror(Cluster.PRISTINE, name);
              return new Clone(name, cluster.clone(name));
            });
    next = begun;
    return begun;
  }

  /** Says that nobody needs this one any more, once no server is before it. */
  void spend(String name) {
    spent.add(name);
  }

  /** Throws away what was spent, which no server may be before, and makes the next, meanwhile. */
  void tidy() {
    Future<?> before = thrownAway;
    List<String> gone = List.copyOf(spent);
    spent.clear();
    thrownAway =
        meanwhile.submit(
            () ->
                gone.forEach(
                    name -> {
                      cluster.drop(name);
                      Folders.delete(folders.mirror(name));
                    }));
    Future<Clone> _ = begun();
    await(before);
  }

  /** Returns when nothing is done meanwhile, until an attack is played next. */
  void settle() {
    await(meanwhile.submit(() -> {}));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw new LaboratoryException(
          "A clone was not made, or not thrown away: " + failed.getCause(), failed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaboratoryException("interrupted while clones were made", e);
    }
  }

  @Override
  public void close() {
    meanwhile.close();
  }
}
