package dev.cofferdam.server.surface;

import java.net.InetAddress;

/**
 * One request: what services hand on to audit, so that a record can say who asked, from where and
 * in which request.
 *
 * @param address of the client, behind trusted proxies the one that they name
 */
public record Call(RequestId id, Caller caller, InetAddress address) {}
