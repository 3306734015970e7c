/**
 * Programs without a browser of their own (RFC 8628): one asks and shows a code, a person types it
 * elsewhere, sees who asks, and allows it or does not.
 *
 * <p>Promises: what is allowed is what was shown; nothing that is sent to a person carries the
 * code, which they type; a code is answered once, and a device code is redeemed once; and neither
 * is in the database in a form that anybody could use (docs/design/devices.md).
 */
@NamedInterface("device")
@NullMarked
package dev.cofferdam.server.oauth.device;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
