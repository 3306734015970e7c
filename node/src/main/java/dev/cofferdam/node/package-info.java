/**
 * The other end: what a workload or an auditor runs. Trusts nothing that the server says without a
 * proof, and needs no server to check one.
 */
@NullMarked
package dev.cofferdam.node;

import org.jspecify.annotations.NullMarked;
