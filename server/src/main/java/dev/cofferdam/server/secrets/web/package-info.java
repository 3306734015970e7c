/** The HTTP of secrets. */
@NullMarked
package dev.cofferdam.server.secrets.web;

import org.jspecify.annotations.NullMarked;
