/**
 * The authorization server: how a program that has never heard of Cofferdam gets a token for one
 * tenant, in the way its ecosystem knows (docs/design/oauth.md).
 *
 * <p>Promises: an access token is for exactly one tenant and lives for minutes; what it allows is
 * what it says <em>and</em> what its holder may now; a client that has keys shows them by an
 * assertion that is good once; every refusal is a code of the specification, and never the text of
 * an exception. Its endpoints are handlers like all others, and declared as they are.
 *
 * <p>Other modules fill its ports: {@link dev.cofferdam.server.oauth.ClientRegistry} for another
 * kind of client, {@link dev.cofferdam.server.oauth.Holders} for what their tokens stand on, {@link
 * dev.cofferdam.server.oauth.GrantType} for another way to a token.
 */
@ApplicationModule(
    allowedDependencies = {
      "surface",
      "tenancy",
      "keyring",
      "audit",
      "limits",
      "authz",
      "identity",
      "identity::foreign",
      "identity::statement",
      "identity::token",
      "egress"
    })
@NullMarked
package dev.cofferdam.server.oauth;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
