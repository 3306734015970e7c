package dev.cofferdam.server.postgres;

/**
 * The login that installs roles and rights at start; nothing that runs later may use it. Not a
 * record, and without the password in {@link #toString()}, so that it cannot be printed by mistake.
 */
public final class Superuser {
  static final String NAME = "postgres";

  private final String password;

  Superuser(String password) {
    this.password = password;
  }

  public String name() {
    return NAME;
  }

  public String password() {
    return password;
  }

  @Override
  public String toString() {
    return "Superuser[" + NAME + "]";
  }
}
