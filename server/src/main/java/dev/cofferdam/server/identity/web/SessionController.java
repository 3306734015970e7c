package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Oneself, and one's sessions. */
@RestController
class SessionController {
  private final Sessions sessions;

  SessionController(Sessions sessions) {
    this.sessions = sessions;
  }

  @GetMapping("/v1/me")
  @Surface(
      summary = "Reads who calls, where the session works, and the token that changes need.",
      access = Access.PERSON,
      limit = "session",
      action = "session.read")
  Me me(Caller.SignedIn caller, PresentedSession presented) {
    return Me.of(caller, sessions.profile(caller), presented);
  }

  @GetMapping("/v1/sessions")
  @Surface(
      summary = "Lists one's own sessions.",
      access = Access.PERSON,
      limit = "session",
      action = "session.list")
  Page<SessionBody> list(Caller.SignedIn caller) {
    return new Page<>(
        sessions.of(caller.id()).stream().map(one -> SessionBody.of(one, caller)).toList(), null);
  }

  @DeleteMapping("/v1/sessions/{id}")
  @Surface(
      summary = "Ends one of one's own sessions.",
      access = Access.PERSON,
      limit = "session",
      action = "session.end",
      problems = ProblemCode.NOT_FOUND)
  Recorded<Ended> end(
      Call call, Caller.SignedIn caller, @PathVariable UUID id, HttpServletResponse response) {
    SessionId session = new SessionId(id);
    RecordId record =
        sessions.end(call, caller, session).orElseThrow(() -> Refusal.notFound().thrown());
    if (session.equals(caller.session())) {
      clear(response);
    }
    return new Recorded<>(record, new Ended(true));
  }

  /** Signs out: ends the session that the request is made in. */
  @DeleteMapping("/v1/session")
  @Surface(
      summary = "Signs out: ends the session of this request.",
      access = Access.PERSON,
      limit = "session",
      action = "session.end")
  Recorded<Ended> signOut(Call call, Caller.SignedIn caller, HttpServletResponse response) {
    return end(call, caller, caller.session().value(), response);
  }

  /** Signs out everywhere. */
  @DeleteMapping("/v1/sessions")
  @Surface(
      summary = "Signs out everywhere.",
      access = Access.PERSON,
      limit = "session",
      action = "session.end_all")
  Recorded<Ended> signOutEverywhere(
      Call call, Caller.SignedIn caller, HttpServletResponse response) {
    RecordId record = sessions.endAll(call, caller);
    clear(response);
    return new Recorded<>(record, new Ended(true));
  }

  private static void clear(HttpServletResponse response) {
    response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.cleared().toString());
  }

  /** That it is over. */
  record Ended(boolean ended) {}
}
