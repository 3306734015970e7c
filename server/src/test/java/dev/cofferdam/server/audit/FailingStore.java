package dev.cofferdam.server.audit;

import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.surface.RecordId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The real store, made to fail before it does something or after it has. */
final class FailingStore implements LogStore {
  private final LogStore real;
  private final AtomicInteger before = new AtomicInteger();
  private final AtomicInteger after = new AtomicInteger();
  private volatile boolean down;

  FailingStore(LogStore real) {
    this.real = real;
  }

  /** The next appends fail, and nothing of them is stored. */
  void failBefore(int times) {
    before.set(times);
  }

  /** The next appends are stored, and look as if they had failed. */
  void failAfter(int times) {
    after.set(times);
  }

  /** From now on everything fails, or nothing does. */
  void setDown(boolean isDown) {
    down = isDown;
  }

  @Override
  public Map<LogId, Head> heads(Collection<LogId> logs, boolean locked) {
    requireUp();
    return real.heads(logs, locked);
  }

  @Override
  public List<Draft> waiting(UUID behind, int each, int most) {
    requireUp();
    // The server's own committer takes care of the outbox.
    return List.of();
  }

  @Override
  public Set<RecordId> standing(Collection<Draft> drafts) {
    requireUp();
    return real.standing(drafts);
  }

  @Override
  public Set<LogId> append(List<Growth> growths) {
    requireUp();
    if (before.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("failed, not stored");
    }
    Set<LogId> grownElsewhere = real.append(growths);
    if (after.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("failed, but stored");
    }
    return grownElsewhere;
  }

  @Override
  public <T> T together(Supplier<T> work) {
    requireUp();
    return real.together(work);
  }

  private void requireUp() {
    if (down) {
      throw new IllegalStateException("the store is down");
    }
  }
}
