/**
 * The cryptography both ends use, and nothing else: which algorithm comes from which provider, how
 * a secret is held, and what must be true of all that before anything starts.
 *
 * <p>Promises: no provider is installed in the JVM, so nothing outside this package changes its
 * behaviour; secrets are held outside the Java heap, are not printed and not compared in variable
 * time.
 */
@NullMarked
package dev.cofferdam.protocol.crypto;

import org.jspecify.annotations.NullMarked;
