package dev.cofferdam.server.console;

import java.util.List;

/**
 * A list of tokens.
 *
 * @param path of its page; a token is ended by a form to {@code path/revoke}
 * @param ends whether the reader may end them
 * @param next the page after this one, or empty
 */
public record TokenLines(String path, List<TokenLine> lines, boolean ends, String next) {}
