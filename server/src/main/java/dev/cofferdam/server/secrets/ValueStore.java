package dev.cofferdam.server.secrets;

import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.authz.ProjectId;
import java.util.OptionalLong;

/**
 * Where the values of secrets lie. What is asked for was decided on before: a store gives what is
 * there, and asks nobody who wants it.
 */
interface ValueStore {

  /**
   * The value of a version.
   *
   * @param row what was found of the secret
   * @param version that is asked for, or empty for the newest
   * @throws UnopenableValueException when what lies there is not what it has to be
   */
  Found open(NodeReadRows.Row row, ProjectId project, OptionalLong version);

  /** What was there. */
  sealed interface Found {
    /** A value, and which version it is; no record, since it is not to be printed. */
    final class Opened implements Found {
      private final long version;
      private final SecretBytes value;

      Opened(long version, SecretBytes value) {
        this.version = version;
        this.value = value;
      }

      long version() {
        return version;
      }

      /** Closed by whoever takes it. */
      SecretBytes value() {
        return value;
      }
    }

    /** There is no such version, or none yet. */
    record NoSuchVersion() implements Found {}

    /** There was one, and nobody opens it any more. */
    record Gone() implements Found {}

    /** It cannot be known now. */
    record Unavailable() implements Found {}
  }
}
