package dev.cofferdam.server.audit.mirror;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a mirror lies: a directory, or an object store with conditional writes. Paths are relative,
 * with slashes. Each write is durable, and was read back, when the call returns. Safe for use by
 * several threads and several servers.
 */
public interface MirrorStore {
  /** What is at {@code path}. */
  Optional<byte[]> read(String path) throws IOException;

  /**
   * Puts {@code content} where nothing is, or where {@code expected} is: in an object store {@code
   * If-None-Match: *} or {@code If-Match}.
   *
   * @param expected null where nothing may be
   * @return whether it was put; else something else is there and stays
   */
  boolean put(String path, byte @Nullable [] expected, byte[] content) throws IOException;

  /**
   * Writes something durably and takes it away again, so that it is known that the next write would
   * succeed.
   *
   * @throws IOException when it would not, or when there is no mirror at all
   */
  void tryOut() throws IOException;

  /** The names directly below {@code path}, in any order; empty where there is nothing. */
  List<String> list(String path) throws IOException;

  /** Removes a partial tile that a full one has taken the place of; nothing when it is gone. */
  void removePartial(String path) throws IOException;
}
