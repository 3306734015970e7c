/**
 * The pages of the console in a real browser: what only a browser can say of them, such as what it
 * stores, refuses, lays out and tells a screen reader.
 */
@NullMarked
package dev.cofferdam.server.browser;

import org.jspecify.annotations.NullMarked;
