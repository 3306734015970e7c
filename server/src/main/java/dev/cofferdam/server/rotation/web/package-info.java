/** Key rings over HTTP. */
@NullMarked
package dev.cofferdam.server.rotation.web;

import org.jspecify.annotations.NullMarked;
