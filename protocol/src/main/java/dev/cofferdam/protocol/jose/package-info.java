/**
 * What a node shows of its keys, in the forms of JOSE (RFC 7515, RFC 7517, RFC 7638): public keys,
 * their names, and statements signed by ES256.
 *
 * <p>Promises: what is signed is the text that is sent, and a private key leaves this package only
 * in the form in which its owner stores it. Nothing is verified here: whoever verifies has a
 * library for it.
 */
@NullMarked
package dev.cofferdam.protocol.jose;

import org.jspecify.annotations.NullMarked;
