package dev.cofferdam.review.wire;

import java.util.UUID;

/**
 * The place that a ciphertext belongs to.
 *
 * @param column as {@code schema.table.column}
 * @param version of the row
 */
public record Cell(String column, UUID row, long version) {}
