/**
 * Handlers of every kind, for tests of the door. Out of the server's sight, until a test plants
 * them.
 */
@NullMarked
package dev.cofferdam.planted.rooms;

import org.jspecify.annotations.NullMarked;
