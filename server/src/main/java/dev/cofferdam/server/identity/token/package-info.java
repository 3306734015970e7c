/**
 * Tokens: what a program shows instead of a session (docs/design/tokens.md).
 *
 * <p>Promises: a token is for one tenant, and allows what its scopes say and its holder's role
 * there allows now, and no more; no token makes another, changes a session, or does what asks for a
 * newer sign-in; it is shown once, and is in no URL, no log and no row; one that was revoked, or
 * whose holder lost what it stood on, is refused by every server within a second.
 */
@NamedInterface("token")
@NullMarked
package dev.cofferdam.server.identity.token;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
