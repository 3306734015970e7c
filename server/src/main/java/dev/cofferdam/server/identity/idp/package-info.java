/**
 * The development IdP: a real identity provider with real signatures, whose people need no proof.
 * It is there so that whoever tries Cofferdam can sign in by one click, and so that there is no
 * mode without authentication.
 *
 * <p>Promises: it runs only where no other identity provider is set, on loopback, beside a public
 * port on loopback; whoever comes under another host's name is turned away; every page says what it
 * is. The rest of the server knows it by its issuer alone, and trusts it through the same verifier
 * as any other.
 */
@NullMarked
package dev.cofferdam.server.identity.idp;

import org.jspecify.annotations.NullMarked;
