/** ADM-01: what operators of the platform, and those who would be some, do to tenants. */
@NullMarked
package dev.cofferdam.review.operators;

import org.jspecify.annotations.NullMarked;
