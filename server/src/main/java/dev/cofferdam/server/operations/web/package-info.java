/** Operators' routes. */
@NullMarked
package dev.cofferdam.server.operations.web;

import org.jspecify.annotations.NullMarked;
