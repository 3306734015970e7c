package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Believes whatever a test says of its caller: {@code person <uuid>}, {@code operator <uuid>},
 * {@code bad}, {@code misused <uuid> <tenant>}, {@code node <uuid> <tenant>}, or a role, a person
 * and a tenant. Each person signed in just now, with one factor.
 */
public final class Strangers implements Authenticator {
  public static final String HEADER = "Test-Caller";

  @Override
  public Authentication authenticate(HttpServletRequest request) {
    String said = request.getHeader(HEADER);
    if (said == null) {
      return new Authentication.Known(new Caller.Anonymous());
    }
    String[] words = said.split(" ");
    return switch (words[0]) {
      case "bad" -> new Authentication.Refused(Refusal.of(ProblemCode.UNAUTHENTICATED));
      case "misused" ->
          new Authentication.Misused(
              ((Authentication.Known) person(words[1], in(words[2], Role.MEMBER))).caller(),
              Refusal.of(ProblemCode.CROSS_SITE_REQUEST).because("foreign_origin"));
      case "person" -> person(words[1], Optional.empty());
      case "node" ->
          new Authentication.Known(
              new Caller.Node(
                  new NodeId(UUID.fromString(words[1])), new TenantId(UUID.fromString(words[2]))));
      case "operator" ->
          new Authentication.Known(new Caller.Operator(id(words[1]), session(), signIn()));
      default -> person(words[1], in(words[2], Role.valueOf(words[0].toUpperCase(Locale.ROOT))));
    };
  }

  private static Optional<Workspace> in(String tenant, Role role) {
    return Optional.of(new Workspace(new TenantId(UUID.fromString(tenant)), role));
  }

  private static Authentication person(String id, Optional<Workspace> workspace) {
    return new Authentication.Known(new Caller.Person(id(id), session(), workspace, signIn()));
  }

  private static PersonId id(String text) {
    return new PersonId(UUID.fromString(text));
  }

  private static SessionId session() {
    return new SessionId(new UUID(5, 5));
  }

  private static SignIn signIn() {
    return new SignIn(AcrClass.SINGLE_FACTOR, Instant.now());
  }
}
