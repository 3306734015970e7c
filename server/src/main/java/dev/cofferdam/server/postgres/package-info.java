/**
 * The embedded PostgreSQL: a durable database that one process owns, so that nothing has to be
 * installed.
 *
 * <p>Promises: one data directory is used by one process at a time; what was acknowledged survives
 * a kill of either process; the server listens on loopback only and knows no login without a
 * password; a postmaster that dies while its owner lives is started again on the same port; a
 * postmaster whose owner died is stopped cleanly by the next start. Refuses, with a sentence that
 * says what to do ({@link dev.cofferdam.server.postgres.PostgresRefusedException}), rather than
 * start on data that is not ours, newer or damaged.
 *
 * <p>Knows neither Spring nor the rest of the server. Why and how: docs/design/postgres.md.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cofferdam.server.postgres;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
