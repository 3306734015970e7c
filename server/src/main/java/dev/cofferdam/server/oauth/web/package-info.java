/** What clients of the authorization server send and get. */
@NullMarked
package dev.cofferdam.server.oauth.web;

import org.jspecify.annotations.NullMarked;
