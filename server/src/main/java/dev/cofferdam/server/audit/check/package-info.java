/**
 * Looks whether the logs still are what was committed: heads against their signatures, trees
 * against heads, records against trees, and all of it against the mirror. Finds what somebody did
 * who had the database and not the keys; who has both is for {@code cofferdam-node verify} with
 * what was kept elsewhere.
 */
@NamedInterface("check")
@NullMarked
package dev.cofferdam.server.audit.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
