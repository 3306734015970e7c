/**
 * The two ports and what they answer as long as no handler does: the public one, and the one for
 * management, which says how the server is and shows its metrics.
 */
@NullMarked
package dev.cofferdam.server.launch.http;

import org.jspecify.annotations.NullMarked;
