package dev.cofferdam.server.console;

import java.util.List;

/**
 * What somebody says of a client that is to act as a service.
 *
 * @param chosen the scopes that are ticked
 * @param field which is wrong, or empty
 * @param wrong what is, or empty
 */
public record ServiceClientForm(
    String label, String role, List<String> chosen, String keys, String field, String wrong) {
  static final ServiceClientForm EMPTY = new ServiceClientForm("", "", List.of(), "", "", "");

  ServiceClientForm wrong(String what, String sentence) {
    return new ServiceClientForm(label, role, chosen, keys, what, sentence);
  }

  /** By what a field is described: its hint, and what is wrong with it. */
  public String described(String one) {
    return one.equals(field) ? "wrong " + one + "-hint" : one + "-hint";
  }
}
