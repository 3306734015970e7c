/**
 * The attacker's way over HTTP: browsers of people who are really signed in, requests for every
 * route there is, and the search of what comes back for what should not.
 *
 * <p>Promises: nobody here knows the server by anything but its answers, its document of routes and
 * what the laboratory planted; a route that nothing can be asked of is named, and fails the run.
 */
@NullMarked
package dev.cofferdam.review.web;

import org.jspecify.annotations.NullMarked;
