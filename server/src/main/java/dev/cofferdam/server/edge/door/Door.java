package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.edge.wire.RequestIds;
import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RefusedException;
import dev.cofferdam.server.surface.Streamed;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The order of things around a handler: who calls, how often, whether they may, in which scope, and
 * what must be durable before anybody hears of it (docs/design/edge.md).
 */
final class Door {
  private final Declarations declarations;
  private final Authenticator authenticator;
  private final Turnstile turnstile;
  private final Entrances entrances;
  private final Bindings bindings;
  private final Durability durability;
  private final Answers answers;
  private final Streams streams = new Streams();

  Door(
      Declarations declarations,
      Authenticator authenticator,
      Turnstile turnstile,
      Entrances entrances,
      Bindings bindings,
      Durability durability,
      Answers answers) {
    this.declarations = declarations;
    this.authenticator = authenticator;
    this.turnstile = turnstile;
    this.entrances = entrances;
    this.bindings = bindings;
    this.durability = durability;
    this.answers = answers;
  }

  Optional<Declarations.Declared> declared(Method handler) {
    return declarations.find(handler);
  }

  /**
   * Lets the request through to the handler, or throws what it is refused with.
   *
   * @param handler reads the arguments and calls it
   * @return what is to be rendered, or {@link Streams#SENT}
   */
  @Nullable Object pass(
      Declarations.Declared declared,
      HttpServletRequest request,
      HttpServletResponse response,
      Callable<@Nullable Object> handler)
      throws Exception {
    Visit visit = admitted(declared.surface(), request, response);
    Bindings.Binding binding = bindings.of(visit.surface(), visit.call().caller());
    Optional<Refusal> refused = entrances.refusal(visit, !(binding instanceof Bindings.Closed));
    if (refused.isPresent()) {
      throw refused.get().thrown();
    }
    if (!declared.parameters().cover(request)) {
      throw Refusal.of(ProblemCode.UNKNOWN_FIELD).thrown();
    }
    Object returned = inScope(binding, visit, handler);
    if (returned instanceof Streamed streamed) {
      return stream(streamed, binding, visit, request, response);
    }
    durability.await(visit, request, response, returned);
    return answers.answer(visit, request, response, returned);
  }

  /**
   * What somebody is told whose request no handler takes. They are known and counted like all
   * others: else whoever looks for what is not there would leave no trace.
   *
   * @param refusal of the request itself
   */
  Refusal astray(HttpServletRequest request, HttpServletResponse response, Refusal refusal) {
    try {
      admitted(Nowhere.SURFACE, request, response);
      return refusal;
    } catch (RefusedException refused) {
      return refused.refusal();
    }
  }

  /** Who calls, and how often. */
  private Visit admitted(
      Surface surface, HttpServletRequest request, HttpServletResponse response) {
    InetAddress address = Addresses.of(request);
    Authentication authentication = authenticator.authenticate(request);
    Caller caller =
        switch (authentication) {
          case Authentication.Known(Caller known) -> known;
          case Authentication.Misused(Caller known, Refusal refusal) -> known;
          case Authentication.Refused refused -> new Caller.Anonymous();
        };
    Visit visit = new Visit(new Call(RequestIds.of(request), caller, address), surface);
    visit.keepIn(request);
    turnstile.let(visit, response);
    switch (authentication) {
      case Authentication.Known known -> {}
      case Authentication.Misused(Caller known, Refusal refusal) -> throw refusal.thrown();
      case Authentication.Refused(Refusal refusal) -> throw refusal.thrown();
    }
    return visit;
  }

  private @Nullable Object stream(
      Streamed streamed,
      Bindings.Binding binding,
      Visit visit,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    Streams.Place place = streams.enter(visit.call().caller());
    try {
      durability.await(visit, request, response, streamed);
      return inScope(
          binding,
          visit,
          () -> {
            Streams.send(streamed, request, response, () -> meanwhile(visit, request));
            return Streams.SENT;
          });
    } finally {
      place.leave();
    }
  }

  /**
   * What stands against it by now: it is no longer the same caller in the same role, or the
   * policies would not let them in again.
   */
  private Optional<Refusal> meanwhile(Visit visit, HttpServletRequest request) {
    Caller caller = visit.call().caller();
    return switch (authenticator.authenticate(request)) {
      case Authentication.Refused(Refusal refusal) -> Optional.of(refusal);
      case Authentication.Misused(Caller now, Refusal refusal) -> Optional.of(refusal);
      case Authentication.Known(Caller now) when !now.equals(caller) ->
          Optional.of(Refusal.of(ProblemCode.UNAUTHENTICATED));
      case Authentication.Known same ->
          entrances.refusal(
              visit, !(bindings.of(visit.surface(), caller) instanceof Bindings.Closed));
    };
  }

  private @Nullable Object inScope(
      Bindings.Binding binding, Visit visit, Callable<@Nullable Object> handler) throws Exception {
    Caller caller = visit.call().caller();
    Callable<@Nullable Object> acting =
        caller instanceof Caller.Anonymous
            ? handler
            : () -> Records.acting(visit).call(handler::call);
    return switch (binding) {
      case Bindings.Bound(var scope) -> bindings.call(scope, acting);
      case Bindings.Unbound unbound -> acting.call();
      // Refused before. Should a policy let it pass, there still is no scope to enter.
      case Bindings.Closed closed ->
          throw Refusal.of(ProblemCode.TENANT_CLOSED).because(closed.reason()).thrown();
    };
  }
}
