/**
 * How a secret travels to the one node that it is for (docs/design/protocol.md): sealed to that
 * node's receiving key, and to nothing else that it could be taken for.
 *
 * <p>Promises: what was sealed opens with the key it was sealed to and the very {@link
 * dev.cofferdam.protocol.secret.SecretAddress} it was sealed for; otherwise it is refused, and why
 * is not told. A released format is never changed: another one begins with another byte.
 */
@NullMarked
package dev.cofferdam.protocol.secret;

import org.jspecify.annotations.NullMarked;
