/**
 * By what the ports prove who they are: certificates from PEM files, looked at again and again, so
 * that new ones are served without a restart and broken ones are not.
 *
 * <p>Promises: TLS 1.3 and 1.2 with forward secrecy and authenticated encryption alone; no plain
 * http on an address that other hosts reach; a private key is in no message, log or record.
 */
@NamedInterface("tls")
@NullMarked
package dev.cofferdam.server.edge.tls;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
