package dev.cofferdam.server.console;

/** A session in the list; times once for machines and once for people. */
public record SessionLine(
    String id,
    boolean current,
    String agent,
    String address,
    String acr,
    String seenAt,
    String seen) {}
