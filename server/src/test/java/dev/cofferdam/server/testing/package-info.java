/** What the tests of several modules share. */
@NullMarked
package dev.cofferdam.server.testing;

import org.jspecify.annotations.NullMarked;
