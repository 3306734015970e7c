package dev.cofferdam.node.witness;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.AddCheckpoint;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.ConsistencyProof;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.NoteKey;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Decides what is cosigned. Safe for use by several threads. */
final class Witness {
  private final WitnessKey key;
  private final Map<String, List<NoteKey>> logs;
  private final WitnessState state;
  private final Clock clock;
  private final Map<String, Lock> locks = new ConcurrentHashMap<>();

  /**
   * @param logs the keys that may sign for each log, by its origin
   */
  Witness(WitnessKey key, Map<String, List<NoteKey>> logs, WitnessState state, Clock clock) {
    this.key = key;
    this.logs = Map.copyOf(logs);
    this.state = state;
    this.clock = clock;
  }

  /**
   * Answers a request.
   *
   * @throws IOException when it cannot be made durable; then nothing was cosigned
   */
  Answer add(String body) throws IOException {
    AddCheckpoint request;
    Checkpoint checkpoint;
    try {
      request = AddCheckpoint.parse(body);
      checkpoint = Checkpoint.parse(request.note().text());
    } catch (IllegalArgumentException e) {
      return new Answer.Malformed(String.valueOf(e.getMessage()));
    }
    List<NoteKey> keys = logs.get(checkpoint.origin());
    if (keys == null) {
      return new Answer.UnknownLog();
    }
    boolean signed =
        keys.stream()
            .anyMatch(
                by -> by.check(request.note(), Ed25519::verify) instanceof NoteKey.Check.Signed);
    if (!signed) {
      return new Answer.NotSigned();
    }
    if (request.old() > checkpoint.size()) {
      return new Answer.Malformed("the old size is larger than the checkpoint's");
    }
    // Looking and writing are one step, for each log.
    Lock lock = locks.computeIfAbsent(checkpoint.origin(), origin -> new ReentrantLock());
    lock.lock();
    try {
      return advance(request, checkpoint);
    } finally {
      lock.unlock();
    }
  }

  private Answer advance(AddCheckpoint request, Checkpoint checkpoint) throws IOException {
    Optional<Checkpoint> known = state.newest(checkpoint.origin());
    long size = known.map(Checkpoint::size).orElse(0L);
    if (request.old() != size) {
      return new Answer.Stale(size);
    }
    ConsistencyProof proof = new ConsistencyProof(size, checkpoint.size(), request.path());
    if (!proof.proves(known.map(Checkpoint::root).orElse(Merkle.EMPTY_ROOT), checkpoint.root())) {
      // Of one size with two roots C2SP tlog-witness wants a conflict to be said.
      return size == checkpoint.size() ? new Answer.Stale(size) : new Answer.NotConsistent();
    }
    if (known.filter(checkpoint::equals).isEmpty()) {
      state.advance(checkpoint.origin(), request.note());
    }
    return new Answer.Cosigned(key.cosign(request.note(), clock.instant()));
  }
}
