/**
 * What {@code ./cofferdam demo} shows: a server with people in it, and the review beside it.
 *
 * <p>Promises: everything is done over HTTP as anybody could, on a server that nothing was woven
 * into; and what is attacked is a laboratory of the same archives, never the server that stays.
 */
@NullMarked
package dev.cofferdam.review.demo;

import org.jspecify.annotations.NullMarked;
