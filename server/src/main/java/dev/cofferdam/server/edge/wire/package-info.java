/** Requests as the container sees them, before there is a handler. */
@NullMarked
package dev.cofferdam.server.edge.wire;

import org.jspecify.annotations.NullMarked;
