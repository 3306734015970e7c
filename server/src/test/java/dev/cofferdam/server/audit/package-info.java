/** Tests of the logs, on real PostgreSQL, with the verifier of {@code protocol} as the oracle. */
@NullMarked
package dev.cofferdam.server.audit;

import org.jspecify.annotations.NullMarked;
