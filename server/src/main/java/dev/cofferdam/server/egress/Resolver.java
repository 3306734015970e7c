package dev.cofferdam.server.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a name. Asked once for each request. */
@FunctionalInterface
interface Resolver {
  InetAddress[] addresses(String host) throws UnknownHostException;
}
