/** What the server says of its own surface: the OpenAPI document and the pages of problems. */
@NullMarked
package dev.cofferdam.server.edge.document;

import org.jspecify.annotations.NullMarked;
