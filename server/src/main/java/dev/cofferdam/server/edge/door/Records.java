package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.audit.Acting;
import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.RefusalSource;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Disclosed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.web.servlet.HandlerMapping;

/** What the audit log says of a visit. */
final class Records {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private Records() {}

  static Acting acting(Visit visit) {
    return new Acting(actor(visit.call()), visit.call().id());
  }

  static Entry done(Visit visit, HttpServletRequest request) {
    return on(
        Entry.done(log(visit.call().caller()), actor(visit.call()), visit.surface().action())
            .in(visit.call().id()),
        visit,
        request);
  }

  /** The same of what says by itself what it is, and what leaves of it. */
  static Entry done(Visit visit, HttpServletRequest request, Disclosed<?> disclosed) {
    Entry entry = done(visit, request).on(kind(visit), disclosed.object());
    for (Map.Entry<String, String> detail : disclosed.details().entrySet()) {
      entry = entry.with(detail.getKey(), detail.getValue());
    }
    return entry;
  }

  static Entry denied(Visit visit, HttpServletRequest request, LogId log, String code) {
    return on(
        Entry.denied(log, actor(visit.call()), visit.surface().action(), code)
            .in(visit.call().id()),
        visit,
        request);
  }

  /** The log of the tenant that the credential is bound to, else the platform's. */
  static LogId log(Caller caller) {
    return caller.tenant().<LogId>map(LogId.OfTenant::new).orElse(LogId.PLATFORM);
  }

  private static Actor actor(Call call) {
    return switch (call.caller()) {
      case Caller.Anonymous anonymous -> new Actor.OfNetwork(RefusalSource.of(call.address()));
      case Caller.Person person -> new Actor.OfPerson(person.id());
      case Caller.Operator operator -> new Actor.OfOperator(operator.id());
      case Caller.Visitor visitor -> new Actor.OfOperator(visitor.id());
      case Caller.Agent agent -> new Actor.OfAgent(agent.id(), agent.token().toString());
      case Caller.Service service -> new Actor.OfService(service.id());
      case Caller.Node node -> new Actor.OfNode(node.id().value());
    };
  }

  /** What the last variable of the path names, unless it is nothing that could be an id. */
  private static Entry on(Entry entry, Visit visit, HttpServletRequest request) {
    String object = "";
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> variables) {
      for (Object value : variables.values()) {
        object = String.valueOf(value);
      }
    }
    return ID.matcher(object).matches() ? entry.on(kind(visit), object) : entry;
  }

  private static String kind(Visit visit) {
    String action = visit.surface().action();
    return action.substring(0, action.indexOf('.'));
  }
}
