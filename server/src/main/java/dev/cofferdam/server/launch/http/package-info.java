/** The settings of the two ports: the public one, and the one for management. */
@NullMarked
package dev.cofferdam.server.launch.http;

import org.jspecify.annotations.NullMarked;
