package dev.cofferdam.bench;

import dev.cofferdam.review.web.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a secret costs that a node reads over HTTP: with its token and a proof made for this
 * request, sealed to it, recorded before it leaves and with the receipt of the record.
 */
final class SecretReads implements AutoCloseable {
  static final String PEAK = "secret read";
  static final String AT_A_RATE = "secret read, 2,400 a second";
  static final String PROOF = "proof of a node";

  private static final int NODES = 8;
  private static final int SECRETS = 50;
  private static final int ITEMS = NODES * SECRETS;
  private static final int AT_ONCE = 64;

  /** Four fifths of the floor. */
  private static final int A_SECOND = 2_400;

  private static final String READ = "by a node, with a proof, recorded";

  private final Lines lines;
  private final String project;
  private final String path;
  private final List<Workload> nodes;
  private final NodeProgram program;

  SecretReads(House house, Path directory) throws IOException, InterruptedException {
    lines = new Lines(house.site());
    try (Browser ada = Guests.signedInWithTwoFactors(house.site(), "ada")) {
      Guests.found(ada, "secrets");
      project = Workload.project(ada, SECRETS);
      path = Workload.path(project);
      nodes =
          IntStream.range(0, NODES)
              .mapToObj(number -> Workload.registered(ada, project, "bench-" + number))
              .toList();
      program = NodeProgram.registered(ada, directory, "bench-program");
      Workload.grant(ada, project, "node", program.id(), "reader");
    }
  }

  /** As many as there can be. */
  Contest peak() {
    return contest(
        PEAK,
        Bar.rate("secrets read a second over HTTP, sealed, with receipt: DPoP", READ, 3_000, 5_000),
        Callers.virtual(AT_ONCE));
  }

  /** At a steady rate, of which the latency counts. */
  Contest atARate() {
    return contest(
        AT_A_RATE,
        Bar.p99("p99 of secrets read at 2,400 a second, ms", READ, 20, 10),
        Callers.virtual(AT_ONCE, A_SECOND));
  }

  private Contest contest(String title, Bar bar, Callers callers) {
    return new Contest(
        title,
        ITEMS,
        List.of(new Contender(READ, item -> node(item).read(lines, path + item / NODES % SECRETS))),
        List.of(bar),
        callers);
  }

  /** What the client alone has of it: the proof that it signs. */
  Contest proofs() {
    return new Contest(
        PROOF,
        ITEMS,
        List.of(new Contender("signed for one request", item -> node(item).asking(path + 0))),
        List.of(),
        Callers.virtual(AT_ONCE));
  }

  /** By the program that machines run. */
  Contest byProgram() {
    return program.reading(project + "/s0");
  }

  private Workload node(int item) {
    return nodes.get(item % NODES);
  }

  @Override
  public void close() {
    lines.close();
    nodes.forEach(Workload::close);
  }
}
