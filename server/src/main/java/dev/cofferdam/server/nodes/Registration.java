package dev.cofferdam.server.nodes;

import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;

/**
 * That a machine is a node.
 *
 * @param record of its registration
 */
public record Registration(
    NodeId node, TenantId tenant, String name, Instant registeredAt, RecordId record) {}
