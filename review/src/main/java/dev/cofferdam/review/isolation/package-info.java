/**
 * Attacks on the isolation of tenants, by somebody who may run SQL of their own: with the password
 * of the application's role, inside a request of their own tenant, or as a developer.
 */
@NullMarked
package dev.cofferdam.review.isolation;

import org.jspecify.annotations.NullMarked;
