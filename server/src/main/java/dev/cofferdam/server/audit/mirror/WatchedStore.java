package dev.cofferdam.server.audit.mirror;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the watch of each write that a store has taken. So a mirror that takes long, since it has
 * much to take, is not one that is away.
 */
public final class WatchedStore implements MirrorStore {
  private final MirrorStore store;
  private final MirrorWatch watch;

  public WatchedStore(MirrorStore store, MirrorWatch watch) {
    this.store = store;
    this.watch = watch;
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return store.read(path);
  }

  @Override
  public boolean put(String path, byte @Nullable [] expected, byte[] content) throws IOException {
    boolean put = store.put(path, expected, content);
    if (put) {
      watch.seen();
    }
    return put;
  }

  @Override
  public void tryOut() throws IOException {
    store.tryOut();
    watch.seen();
  }

  @Override
  public List<String> list(String path) throws IOException {
    return store.list(path);
  }

  @Override
  public void removePartial(String path) throws IOException {
    store.removePartial(path);
  }
}
