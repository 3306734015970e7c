package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.ProviderRef;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.identity.SessionView;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.identity.SignInLinks;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where one is signed in, and the way out. */
@RestController
class SessionPages {
  private static final String HTML = "text/html;charset=UTF-8";

  private final Pages pages;
  private final Sessions sessions;

  SessionPages(Pages pages, Sessions sessions) {
    this.pages = pages;
    this.sessions = sessions;
  }

  @GetMapping(path = "/sessions", produces = HTML)
  @Surface(
      summary = "Page: one's own sessions.",
      access = Access.PERSON,
      limit = "session",
      action = "session.list")
  String list(Call call, Caller.SignedIn caller, PresentedSession session) {
    return pages.render(
        "sessions",
        "Sessions",
        "/sessions",
        call,
        session,
        Map.of(
            "sessions", sessions.of(caller.id()).stream().map(one -> line(one, caller)).toList()));
  }

  private static SessionLine line(SessionView one, Caller.SignedIn caller) {
    return new SessionLine(
        one.id().toString(),
        one.id().equals(caller.session()),
        Words.ofAgent(one.agent()),
        one.address().getHostAddress(),
        Words.of(one.signIn().acr()),
        one.seenAt().toString(),
        Words.of(one.seenAt()));
  }

  @PostMapping(path = "/sessions/end", produces = HTML)
  @Surface(
      summary = "Form: ends one of one's own sessions.",
      access = Access.PERSON,
      limit = "session",
      action = "session.end",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> end(
      Call call, Caller.SignedIn caller, @RequestParam UUID session, HttpServletResponse response) {
    SessionId ended = new SessionId(session);
    boolean own = ended.equals(caller.session());
    String next = own ? after(caller) : "/sessions";
    RecordId record =
        sessions.end(call, caller, ended).orElseThrow(() -> Refusal.notFound().thrown());
    return own
        ? signedOut(record, next, response)
        : new Recorded<>(record, Redirect.to(next, response));
  }

  /** Asked before the session ends, with which it is forgotten. */
  private String after(Caller.SignedIn caller) {
    return SignInLinks.signedOut(sessions.provider(caller).map(ProviderRef::id));
  }

  @PostMapping(path = "/sessions/end-all", produces = HTML)
  @Surface(
      summary = "Form: signs out everywhere.",
      access = Access.PERSON,
      limit = "session",
      action = "session.end_all")
  Recorded<String> endAll(Call call, Caller.SignedIn caller, HttpServletResponse response) {
    String next = after(caller);
    return signedOut(sessions.endAll(call, caller), next, response);
  }

  private static Recorded<String> signedOut(
      RecordId record, String next, HttpServletResponse response) {
    response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.cleared().toString());
    return new Recorded<>(record, Redirect.to(next, response));
  }
}
