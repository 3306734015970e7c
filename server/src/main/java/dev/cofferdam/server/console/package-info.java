/**
 * The pages for people: server-rendered, without a script, for any screen, a keyboard and a screen
 * reader. They call the services that the API calls, and own no data.
 */
@ApplicationModule(
    allowedDependencies = {
      "surface",
      "tenancy",
      "authz",
      "audit",
      "audit :: read",
      "audit :: store",
      "identity",
      "identity::closing",
      "identity::domain",
      "identity::emergency",
      "identity::invite",
      "identity::provider",
      "identity::token",
      "mail",
      "nodes",
      "oauth",
      "oauth::authorization",
      "oauth::client",
      "oauth::device",
      "oauth::exchange",
      "oauth::service",
      "operations",
      "secrets"
    })
@NullMarked
package dev.cofferdam.server.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
