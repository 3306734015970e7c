package dev.cofferdam.server.console;

import java.util.List;

/**
 * What somebody says of a client that they want registered.
 *
 * @param chosen the scopes that are ticked
 * @param field which is wrong, or empty
 * @param wrong what is, or empty
 */
public record ClientForm(
    String name,
    String redirectUris,
    List<String> chosen,
    String keys,
    String field,
    String wrong) {
  static final ClientForm EMPTY = new ClientForm("", "", List.of(), "", "", "");

  ClientForm wrong(String what, String sentence) {
    return new ClientForm(name, redirectUris, chosen, keys, what, sentence);
  }

  /** By what a field is described: its hint, and what is wrong with it. */
  public String described(String one) {
    return one.equals(field) ? "wrong " + one + "-hint" : one + "-hint";
  }
}
