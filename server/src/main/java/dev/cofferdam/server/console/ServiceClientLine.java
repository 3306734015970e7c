package dev.cofferdam.server.console;

import dev.cofferdam.server.oauth.service.ServiceClientView;
import java.util.List;

/**
 * One of the list of clients that act as a service.
 *
 * @param keys the thumbprints of its public keys
 */
public record ServiceClientLine(
    String id,
    String label,
    String role,
    String scopes,
    List<String> keys,
    String madeAt,
    String made) {

  static ServiceClientLine of(ServiceClientView one) {
    return new ServiceClientLine(
        one.id().toString(),
        one.label(),
        Words.of(one.role()),
        String.join(", ", one.scopes()),
        one.keys(),
        one.createdAt().toString(),
        Words.of(one.createdAt()));
  }
}
