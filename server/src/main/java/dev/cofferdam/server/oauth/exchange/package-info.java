/**
 * Tokens of others for tokens of ours (RFC 8693; docs/design/exchange.md).
 *
 * <p>Promises: a token of an issuer that a tenant trusts is exchanged for that tenant alone, after
 * every check of the one verifier, by the rule that the request names, and once; what comes back
 * ends with the rule. What was exchanged is recorded without what it says of anybody.
 */
@NamedInterface("exchange")
@NullMarked
package dev.cofferdam.server.oauth.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
