/**
 * What {@code ./cofferdam demo} shows: a server with people in it, and the review against it and
 * beside it.
 *
 * <p>Promises: everything is done over HTTP as anybody could, on a server that nothing was woven
 * into; what attacks make and take away there belongs to tenants of their own, which are deleted;
 * and whatever could break a server is played in a laboratory of the same archives.
 */
@NullMarked
package dev.cofferdam.review.demo;

import org.jspecify.annotations.NullMarked;
