package dev.cofferdam.server.console;

import org.jspecify.annotations.Nullable;

/**
 * A domain in the list; times once for machines and once for people.
 *
 * @param said what its state means, as a sentence
 * @param open whether a look could prove it, or prove it again
 */
public record DomainLine(
    String id,
    String name,
    String state,
    String said,
    String place,
    String challenge,
    @Nullable String checkedAt,
    @Nullable String checked,
    boolean open) {}
