package dev.cofferdam.server.secrets;

import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.server.authz.ProjectId;
import java.util.OptionalLong;

/** Values that lie beside their secrets, sealed under the tenant's ring {@code data}. */
final class OwnValues implements ValueStore {
  private final ValueCipher cipher;

  OwnValues(ValueCipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public Found open(NodeReadRows.Row row, ProjectId project, OptionalLong version) {
    if (row.version() == 0) {
      return new Found.NoSuchVersion();
    }
    SealedValue value = row.value();
    if (value == null) {
      return new Found.Gone();
    }
    ValueCipher.Place place =
        new ValueCipher.Place(row.owner(), project, row.secret(), row.version());
    return cipher
        .open(place, value)
        .<Found>map(opening -> opened(opening, row))
        .orElseGet(Found.Gone::new);
  }

  private static Found opened(Opening opening, NodeReadRows.Row row) {
    return switch (opening) {
      case Opening.Opened opened -> new Found.Opened(row.version(), opened.plaintext());
      case Opening.Refused refused ->
          throw new UnopenableValueException(row.secret(), row.version());
    };
  }
}
