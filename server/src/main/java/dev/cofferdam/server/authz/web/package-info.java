/** The API of groups, projects and grants. */
@NullMarked
package dev.cofferdam.server.authz.web;

import org.jspecify.annotations.NullMarked;
