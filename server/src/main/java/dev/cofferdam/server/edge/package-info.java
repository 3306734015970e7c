/**
 * The door: everything between the socket and a feature's handler (docs/design/edge.md).
 *
 * <p>Promises: a request is known, limited, decided and recorded before it is answered, in this
 * order; every answer, also the container's own, carries a request id and the security header
 * fields; an error answer comes from the closed catalogue and repeats nothing of the request or of
 * an exception; what a handler does not declare does not start.
 *
 * <p>Two layers. {@code wire} sees requests as the container does, before there is a handler: host,
 * method, path, sizes, times, header fields. {@code door} stands around each handler and interprets
 * its declaration.
 */
@ApplicationModule(allowedDependencies = {"surface", "tenancy", "limits", "audit", "authz"})
@NullMarked
package dev.cofferdam.server.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
