package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Caller;
import jakarta.servlet.http.HttpServletRequest;

/** What becomes of a cookie that no key of ours made. */
final class ForgedHandles {

  Authentication met(HttpServletRequest request) {
    return new Authentication.Known(new Caller.Anonymous());
  }
}
