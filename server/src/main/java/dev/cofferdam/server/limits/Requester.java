package dev.cofferdam.server.limits;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.TenantId;
import java.net.InetAddress;

/**
 * Who asks. Only a stranger is counted by address: whoever has shown a valid credential is not held
 * up by others behind the same one.
 */
public sealed interface Requester {
  /** Somebody without a valid credential. */
  record Stranger(InetAddress address) implements Requester {}

  /**
   * Somebody known whose credential is bound to no tenant.
   *
   * @param principal the same for all sessions and tokens of one person, node or client
   */
  record Known(String principal) implements Requester {}

  /**
   * Somebody known, within a tenant.
   *
   * @param principal the same for all sessions and tokens of one person, node or client
   */
  record InTenant(String principal, TenantId tenant) implements Requester {}

  /**
   * How {@code caller} is counted.
   *
   * @param address where the request comes from; of no concern once the caller is known
   */
  static Requester of(Caller caller, InetAddress address) {
    return switch (caller) {
      case Caller.Anonymous anonymous -> new Stranger(address);
      case Caller.Operator operator -> new Known("operator:" + operator.id());
      // By themselves: an operator in a hurry must not use up what the tenant's people may do.
      case Caller.Visitor visitor -> new Known("operator:" + visitor.id());
      case Caller.Agent agent -> new InTenant("person:" + agent.id(), agent.in().tenant());
      case Caller.Service service -> new InTenant("service:" + service.id(), service.in().tenant());
      case Caller.Node node -> new InTenant("node:" + node.id(), node.in());
      case Caller.Person person ->
          person
              .tenant()
              .<Requester>map(tenant -> new InTenant("person:" + person.id(), tenant))
              .orElseGet(() -> new Known("person:" + person.id()));
    };
  }
}
