package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** A request at a handler, as far as the door knows it. Kept with the request. */
record Visit(Call call, Surface surface) {
  private static final String ATTRIBUTE = Visit.class.getName();

  void keepIn(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
    // For the access log, which knows nothing of handlers.
    request.setAttribute(Caller.class.getName(), call.caller());
  }

  /** The same of somebody whom the handler came to know. */
  Visit as(Caller known) {
    return new Visit(new Call(call.id(), known, call.address()), surface);
  }

  static Optional<Visit> of(HttpServletRequest request) {
    return Optional.ofNullable((Visit) request.getAttribute(ATTRIBUTE));
  }
}
