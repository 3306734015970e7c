/** Persons, sessions, workspaces and tenants over HTTP. */
@NullMarked
package dev.cofferdam.server.identity.web;

import org.jspecify.annotations.NullMarked;
