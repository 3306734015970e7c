/**
 * How a log lies in the database, for reading in the bound scope: a tenant's log in that tenant's,
 * the platform's for the purpose {@code audit}. Writing is the committer's alone.
 */
@NamedInterface("store")
@NullMarked
package dev.cofferdam.server.audit.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
