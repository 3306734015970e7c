/**
 * The pages of a sign-off: one for people, the same as Markdown, and SARIF for tools.
 *
 * <p>Promises: a page is made of the document and its seal alone, always the same for the same, so
 * that a verifier can write it anew and compare. Whatever an attacked system answered is shown as
 * text. The page runs no script and fetches nothing.
 */
@NullMarked
package dev.cofferdam.review.render;

import org.jspecify.annotations.NullMarked;
