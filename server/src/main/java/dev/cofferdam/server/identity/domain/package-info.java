/**
 * Domains that tenants claim and prove by a DNS record (docs/design/federation.md).
 *
 * <p>Promises: a domain is proven for a tenant exactly while the DNS was seen to say so within the
 * grace; for one tenant at a time, and none is told which; what somebody learns by claiming and
 * checking is what the DNS tells everybody. Proof of a name says nothing of names below or above
 * it.
 */
@NamedInterface("domain")
@NullMarked
package dev.cofferdam.server.identity.domain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
