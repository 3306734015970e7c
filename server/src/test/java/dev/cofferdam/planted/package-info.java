/** Violations of the rules of the house, which {@code ModulesTest} must find. */
@NullMarked
package dev.cofferdam.planted;

import org.jspecify.annotations.NullMarked;
