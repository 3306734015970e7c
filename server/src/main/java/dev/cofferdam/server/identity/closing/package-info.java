/**
 * How a tenant ends (docs/design/people.md).
 *
 * <p>Promises: an owner asks for it with a recent sign-in by more than one factor, where there are
 * others one of them agrees in the same way, every member sees it, and an owner calls it off until
 * it is due. Then nobody enters any more, the tenant's keys are destroyed and its rows deleted by
 * the checked list, whichever servers die meanwhile; its log stays and verifies. Its name is nobody
 * else's for good.
 */
@NamedInterface("closing")
@NullMarked
package dev.cofferdam.server.identity.closing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
