package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.register.RouteProbes;
import dev.cofferdam.review.web.Coverage;
import dev.cofferdam.review.web.Touched;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several laboratories that have nothing in common: each has a server, a PostgreSQL, people and a
 * verifier of its own, so that attacks can be played in all of them at the same time.
 */
public final class Laboratories implements AutoCloseable {
  /** Beyond as many, they would take turns with what they measure. */
  private static final int MOST = 3;

  private final List<Laboratory> all;

  private Laboratories(List<Laboratory> all) {
    this.all = List.copyOf(all);
  }

  /**
   * As many as the machine has processors for: three for each two, since a third of an attack is
   * waiting, for deadlines and for what somebody else does.
   *
   * @param trials how many there are to play, each in one laboratory
   * @throws LaboratoryException when one of them does not open
   */
  public static Laboratories open(Archives archives, int trials) {
    int processors = Runtime.getRuntime().availableProcessors();
    int count = Math.min(Math.min(MOST, trials), processors * 3 / 2);
    List<Laboratory> opened = new ArrayList<>();
    LaboratoryException failed = null;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Laboratory>> opening = new ArrayList<>();
      for (int n = 0; n < Math.max(1, count); n++) {
        opening.add(executor.submit(() -> Laboratory.open(archives)));
      }
      for (Future<Laboratory> one : opening) {
        try {
          opened.add(one.get());
        } catch (ExecutionException e) {
          failed =
              e.getCause() instanceof LaboratoryException known
                  ? known
                  : new LaboratoryException("A laboratory did not open: " + e.getCause(), e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          failed = new LaboratoryException("interrupted while laboratories opened", e);
        }
      }
    }
    if (failed != null) {
      opened.forEach(Laboratory::close);
      throw failed;
    }
    return new Laboratories(opened);
  }

  /**
   * The settings that each server is started with, beside ports, folders and what tenants may
   * reach.
   */
  public static Map<String, String> settings() {
    return ServerProcess.SETTINGS;
  }

  public List<Laboratory> all() {
    return all;
  }

  /** One of them, for what is the same in all. */
  public Laboratory any() {
    return all.getFirst();
  }

  /** What was reached of the server as it ships, in all of them together. */
  public Coverage coverage() {
    return Coverage.of(
        any().routes(),
        RouteProbes.shipped(),
        Touched.together(all.stream().map(Laboratory::touched).toList()));
  }

  /** Leaves the servers' logs in {@code folder}, for whoever reads the report. */
  public void keepLogs(Path folder) {
    for (int n = 0; n < all.size(); n++) {
      all.get(n).keepLog(folder.resolve("server-" + (n + 1) + ".log"));
    }
  }

  @Override
  public void close() {
    all.forEach(Laboratory::close);
  }
}
