/** Tests of how a log lies in the database. */
@NullMarked
package dev.cofferdam.server.audit.store;

import org.jspecify.annotations.NullMarked;
