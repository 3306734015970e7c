/**
 * The Cofferdam server. Holds the application class and nothing else: everything lives in a module.
 */
@NullMarked
package dev.cofferdam.server;

import org.jspecify.annotations.NullMarked;
