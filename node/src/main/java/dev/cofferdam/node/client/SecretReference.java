package dev.cofferdam.node.client;

import dev.cofferdam.protocol.secret.SecretName;
import java.util.UUID;

/** A secret as the command line names it: {@code PROJECT/NAME}. */
record SecretReference(UUID project, SecretName name) {
  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none, saying how one is written
   */
  static SecretReference of(String text) {
    int slash = text.indexOf('/');
    try {
      return new SecretReference(
          UUID.fromString(text.substring(0, Math.max(0, slash))),
          new SecretName(text.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "`" + text + "` is no secret: write the project's id, a slash, and the secret's name", e);
    }
  }

  @Override
  public String toString() {
    return project + "/" + name;
  }
}
