package dev.cofferdam.node.client;

import java.net.URI;
import java.util.UUID;

/**
 * Which node this machine is.
 *
 * @param server its origin
 */
public record Identity(URI server, UUID tenant, UUID node, String name) {}
