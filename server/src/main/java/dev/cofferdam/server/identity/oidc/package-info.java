/**
 * Signing in at an identity provider: OpenID Connect, authorization code with PKCE, and the one
 * verifier of everything that somebody else has signed (docs/design/identity.md).
 *
 * <p>Promises: no token passes without every check that its expectation names, and none is skipped
 * because something could not be reached: then nobody signs in, and the sessions that there are
 * live on. A sign-in ends in the browser it began in, once, within ten minutes. Whoever it signs in
 * is an issuer's subject, and no e-mail address.
 */
@NullMarked
package dev.cofferdam.server.identity.oidc;

import org.jspecify.annotations.NullMarked;
