/**
 * Settings from one file, the environment and the command line, each name checked against those
 * that the server knows.
 */
@NullMarked
package dev.cofferdam.server.launch.settings;

import org.jspecify.annotations.NullMarked;
