/**
 * The database as a whole: how it is installed and migrated, the checked list of what stands in it,
 * and the checks without which no server starts.
 */
@NamedInterface("database")
@NullMarked
package dev.cofferdam.server.tenancy.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
