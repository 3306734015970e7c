/**
 * The one way out: every HTTP request that the server makes leaves through {@link Egress}
 * (docs/design/egress.md).
 *
 * <p>Promises: a name is resolved once, every address it has is checked, and the connection goes to
 * an address that was checked; TLS is verified for the name; no redirect is followed, no proxy of
 * the environment used, no cookie kept, nothing cached; time and size are bounded. Refuses private
 * and special addresses, plain http, ports other than 443 and every unusual spelling of a URL,
 * unless the host and port are named in the settings. Plain http stays on this machine even then.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cofferdam.server.egress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
