package dev.cofferdam.server.audit.witness;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.AddCheckpoint;
import dev.cofferdam.protocol.log.ConsistencyProof;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.audit.store.LogScope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One witness. After a failure it is left alone for a while, so that logs are mirrored without it
 * meanwhile. Safe for use by several threads.
 */
public final class Witness {
  private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final String url;
  private final NoteKey key;
  private final WitnessDoor door;
  private final LogRows rows;
  private final Clock clock;
  private final Counter failures;
  private volatile Instant next = Instant.MIN;

  /**
   * @param url below which it answers, without a slash at the end
   * @param key that it cosigns with
   * @param app runs as {@code cofferdam_app}
   */
  public Witness(
      String url,
      NoteKey key,
      WitnessDoor door,
      JdbcClient app,
      Clock clock,
      MeterRegistry registry) {
    this.url = url;
    this.key = key;
    this.door = door;
    this.rows = new LogRows(app);
    this.clock = clock;
    this.failures = registry.counter("audit.witness.failures");
  }

  /** Whether {@code note} carries this witness's cosignature. */
  public boolean hasCosigned(Note note) {
    return key.check(note, Ed25519::verify) instanceof NoteKey.Check.Cosigned;
  }

  /**
   * Asks for a cosignature of a log's head.
   *
   * @param known the size that the witness is believed to have cosigned last; it says so when it is
   *     another
   */
  public Cosigning cosign(LogId log, Head head, long known) {
    if (clock.instant().isBefore(next)) {
      return new Cosigning.Unavailable("it failed a moment ago");
    }
    try {
      WitnessDoor.Reply reply = ask(log, head, known);
      if (reply.status() == 409 && reply.type().startsWith(AddCheckpoint.SIZE_TYPE)) {
        long size = Long.parseLong(reply.body().strip());
        if (size > head.size()) {
          return new Cosigning.Diverging(
              "the witness has cosigned %,d records and the database has %,d: it was cut or rolled back"
                  .formatted(size, head.size()),
              head.size());
        }
        if (size == head.size() && size == known) {
          return new Cosigning.Diverging("the witness has cosigned another root", 0);
        }
        reply = ask(log, head, size);
      }
      return answer(head, reply);
    } catch (IOException | IllegalArgumentException e) {
      return unavailable(String.valueOf(e.getMessage()));
    }
  }

  private WitnessDoor.Reply ask(LogId log, Head head, long old) throws IOException {
    List<Hash> path =
        LogScope.call(
            log, () -> ConsistencyProof.of(old, head.size(), rows.nodes(log, head.size())).path());
    return door.post(
        url + AddCheckpoint.PATH, new AddCheckpoint(old, path, head.note()).toString());
  }

  private Cosigning answer(Head head, WitnessDoor.Reply reply) {
    return switch (reply.status()) {
      case 200 -> {
        for (String line : reply.body().lines().toList()) {
          Note.Signature signature = Note.Signature.parse(line);
          if (hasCosigned(head.note().with(signature))) {
            yield new Cosigning.Cosigned(signature);
          }
        }
        yield unavailable("what it answered is not its cosignature");
      }
      // A conflict again, at the size that it named itself: another root of that size.
      case 409, 422 -> new Cosigning.Diverging("the witness knows another history of this log", 0);
      default -> unavailable("it answered with status " + reply.status());
    };
  }

  private Cosigning unavailable(String why) {
    next = clock.instant().plus(PAUSE);
    failures.increment();
    LOG.warn("The witness `{}` does not cosign: {}", key.name(), why);
    return new Cosigning.Unavailable(why);
  }
}
