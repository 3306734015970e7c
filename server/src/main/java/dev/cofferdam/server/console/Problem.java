package dev.cofferdam.server.console;

/**
 * A refusal as a person reads it.
 *
 * @param path where one can go from here
 * @param way what that is called
 */
public record Problem(String title, String next, String code, String path, String way) {}
