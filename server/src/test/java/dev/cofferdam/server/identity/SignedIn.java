package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import jakarta.servlet.http.Cookie;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;

/** Somebody with a browser, on a server of a test, without the network between. */
final class SignedIn {
  static final String ISSUER = "https://issuer.example";

  final RunningServer server;
  final OpenedSession opened;
  SessionHandle handle;

  private SignedIn(RunningServer server, OpenedSession opened) {
    this.server = server;
    this.opened = opened;
    this.handle = opened.handle();
  }

  static SignedIn somebody(RunningServer server) {
    return as(server, UUID.randomUUID().toString());
  }

  static SignedIn as(RunningServer server, String subject) {
    return new SignedIn(
        server, server.bean(Sessions.class).open(identity(subject), arrival(Optional.empty())));
  }

  /** Somebody whose provider vouches for this address, or for none. */
  static SignedIn withAddress(RunningServer server, @Nullable String email) {
    return new SignedIn(
        server,
        server
            .bean(Sessions.class)
            .open(identity(UUID.randomUUID().toString(), email), arrival(Optional.empty())));
  }

  static ForeignIdentity identity(String subject) {
    return identity(subject, "someone@example.com");
  }

  private static ForeignIdentity identity(String subject, @Nullable String email) {
    return new ForeignIdentity(
        ISSUER,
        subject,
        email,
        "Some One",
        AcrClass.MULTI_FACTOR,
        List.of("pwd", "otp"),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  static Arrival arrival(Optional<SessionHandle> previous) {
    return new Arrival(call(), "A browser", previous);
  }

  static Call call() {
    return new Call(
        new RequestId(UUID.randomUUID()), new Caller.Anonymous(), InetAddress.getLoopbackAddress());
  }

  /**
   * A request of this browser's, of which the server thinks that it came to {@code 127.0.0.1:8080}.
   */
  MockHttpServletRequest request(String method) {
    return request(method, handle.text());
  }

  static MockHttpServletRequest request(String method, String cookie) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
    request.setServerName("127.0.0.1");
    request.setServerPort(8080);
    request.setCookies(new Cookie(SessionCookie.NAME, cookie));
    return request;
  }

  Authentication seenBy(RunningServer other) {
    return other.bean(Authenticator.class).authenticate(request("GET"));
  }

  Caller caller() {
    return ((Authentication.Known) seenBy(server)).caller();
  }

  Caller.Person person() {
    return (Caller.Person) caller();
  }

  /** A new tenant, in which this is somebody. */
  TenantId tenant(Role role) {
    TenantId tenant = server.newTenant().tenant();
    join(tenant, role);
    return tenant;
  }

  /** As if invited. */
  void join(TenantId tenant, Role role) {
    server
        .superuser()
        .sql(
            """
            insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
            values (:tenant, :person, :role, now(), now())
            """)
        .param("tenant", tenant.value())
        .param("person", opened.person().value())
        .param("role", Stored.name(role))
        .update();
  }

  boolean isKnown() {
    return caller() instanceof Caller.Person;
  }

  PresentedSession presented() {
    MockHttpServletRequest request = request("GET");
    server.bean(Authenticator.class).authenticate(request);
    return PresentedSession.of(request);
  }

  WorkspaceChange enter(TenantId tenant) {
    WorkspaceChange change =
        server.bean(Workspaces.class).enter(call(), person(), presented(), tenant);
    if (change instanceof WorkspaceChange.Moved moved) {
      handle = moved.handle();
    }
    return change;
  }
}
