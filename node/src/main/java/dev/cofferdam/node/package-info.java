/**
 * The other end: what a workload, an auditor or a person at a terminal runs. Trusts nothing that
 * the server says without a proof, and needs no server to check one.
 */
@NullMarked
package dev.cofferdam.node;

import org.jspecify.annotations.NullMarked;
