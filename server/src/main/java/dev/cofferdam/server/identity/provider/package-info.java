/**
 * Tenants' own identity providers (docs/design/federation.md).
 *
 * <p>Promises: what such a provider says is believed for its tenant alone. Its people are that
 * tenant's and in no other; its addresses count in domains that the tenant has proven; its acr
 * means what the tenant says, within the tenant; it makes no operator. It is tried before anybody
 * relies on it, its secret is sealed and never shown, and an owner whom the platform's provider
 * knows comes in whatever becomes of it.
 */
@NamedInterface("provider")
@NullMarked
package dev.cofferdam.server.identity.provider;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
