package dev.cofferdam.server.console;

import org.jspecify.annotations.Nullable;

/**
 * A secret in the list; a time once for machines and once for people.
 *
 * @param state what it is now, in a word
 * @param said of its version and when it is due, as a sentence
 * @param tag the state of it that this page shows
 * @param deleted whether it is to be restored and not to be given a value
 * @param elsewhere whether its value lies in the secret store, and is given there
 */
public record SecretLine(
    String name,
    String note,
    String state,
    String said,
    @Nullable String valuedAt,
    @Nullable String valued,
    String tag,
    boolean deleted,
    boolean elsewhere) {}
