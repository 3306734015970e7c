/** The published test vectors: made here, and checked here as another implementer would. */
@NullMarked
package dev.cofferdam.protocol.vectors;

import org.jspecify.annotations.NullMarked;
