/**
 * A person at a terminal: lets it act for them (`cofferdam login`), ends that, and looks after what
 * acts for them.
 *
 * <p>Promises: a password is never typed here; what is kept is in one file that its owner alone may
 * read; a refresh token is used once, also when several commands run at the same time; the server
 * is spoken to over TLS, or on this machine, and nobody else is spoken to
 * (docs/design/terminal.md).
 */
@NullMarked
package dev.cofferdam.node.terminal;

import org.jspecify.annotations.NullMarked;
