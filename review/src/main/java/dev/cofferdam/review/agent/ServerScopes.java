package dev.cofferdam.review.agent;

import java.util.UUID;

/** Enters the server's scopes the way its edges do. */
final class ServerScopes {
  private static final String TENANCY = "dev.cofferdam.server.tenancy.";

  private ServerScopes() {}

  /**
   * The scope that {@code text} says: {@code none}, {@code person <id>}, {@code platform
   * <purpose>}, {@code tenant <id>}, or {@code schema <id>} for a tenant in a schema of its own.
   */
  static Object of(String text) {
    String[] words = text.split(" ", 2);
    String rest = words.length == 2 ? words[1] : "";
    return switch (words[0]) {
      case "none" -> "";
      case "person" -> scope("OfPerson", made("PersonId", UUID.fromString(rest)));
      case "platform" -> scope("OfPlatform", made("Purpose", rest));
      case "tenant" -> scope("OfTenant", tenant(rest), made("Placement$Shared"));
      case "schema" -> scope("OfTenant", tenant(rest), made("Placement$OwnSchema", tenant(rest)));
      default -> throw new IllegalArgumentException("`" + text + "` is no scope");
    };
  }

  /** What a capability carries for {@code scope}. */
  static String carried(Object scope) {
    return Reflected.call(scope, "carried").toString();
  }

  /** Runs {@code operation} in {@code scope}. */
  static <T> T in(Object scope, ScopedValue.CallableOp<T, Exception> operation) throws Exception {
    if (scope.equals("")) {
      return operation.call();
    }
    Object[] result = new Object[1];
    Exception[] thrown = new Exception[1];
    Runnable run =
        () -> {
          try {
            result[0] = operation.call();
          } catch (Exception failed) {
            thrown[0] = failed;
          }
        };
    Reflected.callStatic(Reflected.type(TENANCY + "Scopes"), "run", scope, run);
    if (thrown[0] != null) {
      throw thrown[0];
    }
    @SuppressWarnings("unchecked") // only operation.call() was stored
    T value = (T) result[0];
    return value;
  }

  static Object tenant(String id) {
    return made("TenantId", UUID.fromString(id));
  }

  private static Object scope(String name, Object... arguments) {
    return made("Scope$" + name, arguments);
  }

  private static Object made(String name, Object... arguments) {
    return Reflected.make(Reflected.type(TENANCY + name), arguments);
  }
}
