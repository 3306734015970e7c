/** Access tokens: made, published keys, and what the ones that are shown stand on. */
@NullMarked
package dev.cofferdam.server.oauth.issuing;

import org.jspecify.annotations.NullMarked;
