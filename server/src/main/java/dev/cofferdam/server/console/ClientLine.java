package dev.cofferdam.server.console;

import java.util.List;

/**
 * One of the list of clients.
 *
 * @param places where answers may go
 * @param proof how it shows who it is
 */
public record ClientLine(
    String id,
    String name,
    String scopes,
    List<String> places,
    String proof,
    String madeAt,
    String made) {}
