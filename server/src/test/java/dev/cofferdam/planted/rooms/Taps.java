package dev.cofferdam.planted.rooms;

import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Streamed;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.Scopes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Handlers whose answers are long, behind the door of a test. */
@RestController
public final class Taps {
  private static final int DROP = 1 << 14;

  /** How much all of them have poured so far, in bytes. */
  public final AtomicLong poured = new AtomicLong();

  /** A few lines, and the scope they were written in. */
  @GetMapping(path = "/v1/taps/short", produces = "text/plain")
  @Surface(
      summary = "Does one thing.",
      access = Access.TENANT,
      limit = "read",
      action = "tap.pour",
      sensitive = true)
  Streamed brief() {
    return new Streamed(
        "text/plain",
        "short.txt",
        out -> out.write(Scopes.current().carried().getBytes(StandardCharsets.UTF_8)));
  }

  /** As much as whoever drinks can take, or fails after so many drops. */
  @GetMapping(path = "/v1/taps/endless", produces = "text/plain")
  @Surface(summary = "Does one thing.", access = Access.TENANT, limit = "read", action = "tap.pour")
  Streamed endless(@RequestParam(defaultValue = "-1") long bursts) {
    return new Streamed("text/plain", "endless.txt", out -> pour(out, bursts));
  }

  private void pour(OutputStream out, long bursts) throws IOException {
    for (long drop = 0; ; drop++) {
      if (drop == bursts) {
        throw new IllegalStateException("a secret of the plumber's");
      }
      out.write(new byte[DROP]);
      poured.addAndGet(DROP);
    }
  }
}
