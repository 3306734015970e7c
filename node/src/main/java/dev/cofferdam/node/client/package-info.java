/**
 * A node towards its server: becomes one, keeps its keys, and asks for what it may.
 *
 * <p>Promises: a private key is on disk in a file that its owner alone may read, and goes nowhere
 * else; what is sent is bound to the key, so that nothing on the wire is worth anything to whoever
 * sees it; the server is spoken to over TLS, or on this machine.
 */
@NullMarked
package dev.cofferdam.node.client;

import org.jspecify.annotations.NullMarked;
