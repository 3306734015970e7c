/**
 * Letters to people (docs/design/people.md).
 *
 * <p>Promises: a letter leaves this machine over TLS to a mail server whose certificate was
 * verified, or not at all; where no mail server is set it becomes a file for the operator. What a
 * letter says is never logged.
 */
@ApplicationModule(allowedDependencies = "egress")
@NullMarked
package dev.cofferdam.server.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
