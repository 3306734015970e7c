/**
 * What is shown to prove something: by clients who they are, and by whoever has a token that they
 * have its key. Each is good once.
 */
@NullMarked
package dev.cofferdam.server.oauth.proof;

import org.jspecify.annotations.NullMarked;
