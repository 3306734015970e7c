package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's log: the file and one before it, so that it never takes more than twice {@code
 * limit} bytes. A log that cannot be written never stops the database: the line is lost.
 */
final class LogFile implements AutoCloseable {
  private final Path path;
  private final long limit;
  private @Nullable OutputStream out;
  private long size;

  LogFile(Path path, long limit) {
    this.path = path;
    this.limit = limit;
  }

  synchronized void line(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      if (out != null && size + bytes.length > limit) {
        close();
        Files.move(
            path,
            path.resolveSibling(path.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      if (out == null) {
        out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(path);
      }
      out.write(bytes);
      size += bytes.length;
    } catch (IOException lost) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    OutputStream closing = out;
    out = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException lost) {
        // Nothing is buffered here that could still be saved.
      }
    }
  }
}
