package dev.cofferdam.server.console;

import org.jspecify.annotations.Nullable;

/**
 * The form by which an owner has their tenant deleted, or agrees to it.
 *
 * @param name what the tenant is called
 * @param slug what is to be typed
 * @param typed what was
 * @param wrong what is the matter with that, or null
 */
public record DeletionForm(String name, String slug, String typed, @Nullable String wrong) {}
