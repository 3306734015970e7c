/**
 * Invites: how somebody becomes a member of a tenant that they did not found
 * (docs/design/people.md).
 *
 * <p>Promises: an invite makes exactly one member, whoever tries and however often at once; it is
 * good for one address, in the newest letter, until it expires or is taken back, and while who
 * answers for it could still give that role; nobody gives a role that they may not give. Its code
 * is in no URL, no log and no row.
 */
@NamedInterface("invite")
@NullMarked
package dev.cofferdam.server.identity.invite;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
