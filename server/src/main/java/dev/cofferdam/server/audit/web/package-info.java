/**
 * The logs over HTTP: searching, proving and carrying away that of the tenant that one works in,
 * and the receipts of one's own acts. What records say is sensitive, what a log commits to is not
 * (docs/adr/0041-which-reads-of-a-log-are-recorded.md).
 */
@NullMarked
package dev.cofferdam.server.audit.web;

import org.jspecify.annotations.NullMarked;
