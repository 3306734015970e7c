package dev.cofferdam.server.console;

/** Something that became of the tenant's people, in words. */
public record EventLine(String at, String time, String what) {}
