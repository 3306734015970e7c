/**
 * The review: the threat model as data, the attacks as code, and a laboratory that shows that each
 * attack would succeed without its control (docs/design/review.md).
 *
 * <p>Is not compiled against the server, and is no part of it.
 */
@NullMarked
package dev.cofferdam.review;

import org.jspecify.annotations.NullMarked;
