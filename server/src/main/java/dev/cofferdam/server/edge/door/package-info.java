/** What stands around each handler, and interprets its declaration. */
@NullMarked
package dev.cofferdam.server.edge.door;

import org.jspecify.annotations.NullMarked;
