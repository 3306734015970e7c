/**
 * Clients that act as a service of their tenant: somebody behind whom there is no person, with a
 * role below owner (docs/adr/0070). They have keys, and get tokens by {@code client_credentials}.
 */
@NamedInterface("service")
@NullMarked
package dev.cofferdam.server.oauth.service;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
