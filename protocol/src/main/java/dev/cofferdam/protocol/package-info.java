/** What is on the wire between Cofferdam and everybody else, checkable without Cofferdam. */
@NullMarked
package dev.cofferdam.protocol;

import org.jspecify.annotations.NullMarked;
