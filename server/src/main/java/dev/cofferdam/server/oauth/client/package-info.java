/**
 * Clients: programs that are registered with a tenant.
 *
 * <p>Promises: a client is its tenant's, and is known elsewhere by nothing but its id; an answer
 * goes to no other place than one that was registered, character by character; who cannot keep a
 * key to themselves has none; removing a client ends all that it was given.
 */
@NamedInterface("client")
@NullMarked
package dev.cofferdam.server.oauth.client;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
