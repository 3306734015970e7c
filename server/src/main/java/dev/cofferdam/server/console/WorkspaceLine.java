package dev.cofferdam.server.console;

/**
 * A workspace in the list.
 *
 * @param open whether it can be entered
 * @param provisioning whether it is being set up
 */
public record WorkspaceLine(
    String id,
    String slug,
    String name,
    String state,
    String role,
    boolean current,
    boolean open,
    boolean provisioning) {}
