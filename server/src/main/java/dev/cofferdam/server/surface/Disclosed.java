package dev.cofferdam.server.surface;

import java.util.Map;

/**
 * What a {@link Surface#sensitive} handler answers when the record is to say what exactly leaves:
 * the edge writes these details into it, and not before that is durable anything of this leaves.
 * The record goes along, so that its receipt can be checked at once.
 *
 * @param object the id of what was read; its kind is that of the declared action
 * @param details for the record, as in {@code audit}'s entries
 * @param fields header fields of the answer
 * @param body what the client gets, rendered as if it had been returned alone
 */
public record Disclosed<T>(
    String object, Map<String, String> details, Map<String, String> fields, T body) {
  public Disclosed {
    details = Map.copyOf(details);
    fields = Map.copyOf(fields);
  }
}
