package dev.cofferdam.server.identity;

import java.util.UUID;

/**
 * A tenant as its founder gets it.
 *
 * @param state {@code active}, or {@code provisioning} when what it needs was not finished: asking
 *     for the same tenant again goes on with it
 */
public record NewTenant(UUID tenantId, String slug, String name, String state) {}
