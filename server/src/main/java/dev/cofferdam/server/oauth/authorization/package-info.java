/**
 * What people let clients have: requests, consent, codes, refresh tokens, and the grants behind
 * them.
 *
 * <p>Promises: nothing goes anywhere before the client and the place of its answer are known to
 * belong together; nobody's consent is taken for given; a code and a refresh token are good once,
 * and coming again they end what they began; what was let go of is refused everywhere within a
 * second.
 */
@NamedInterface("authorization")
@NullMarked
package dev.cofferdam.server.oauth.authorization;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
