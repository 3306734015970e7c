/** Nodes and bootstrap tokens over HTTP. */
@NullMarked
package dev.cofferdam.server.nodes.web;

import org.jspecify.annotations.NullMarked;
