package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The SQL files of the tenancy module. */
final class SqlResource {
  private SqlResource() {}

  static String read(String name) {
    try (InputStream in = DatabaseRole.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing from the archive");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code install.sql}, with the queries that the start checks use as well. */
  static String install() {
    return read("install.sql")
        .replace("{denied_functions}", read("denied_functions.sql"))
        .replace("{denied_relations}", read("denied_relations.sql"));
  }
}
