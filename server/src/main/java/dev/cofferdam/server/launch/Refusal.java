package dev.cofferdam.server.launch;

import dev.cofferdam.server.edge.EdgeRefusedException;
import dev.cofferdam.server.identity.IdentityRefusedException;
import dev.cofferdam.server.keyring.KeyringRefusedException;
import dev.cofferdam.server.launch.settings.SettingsRefusedException;
import dev.cofferdam.server.postgres.PostgresRefusedException;
import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.driver.DriverRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/** Turns whatever kept the server from starting into the sentence for the console. */
final class Refusal {
  private Refusal() {}

  /** The sentence, or empty for a failure that nobody foresaw. */
  static Optional<String> sentence(Throwable failure) {
    List<Throwable> chain = chain(failure);
    return chain.stream()
        .map(Refusal::known)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> chain.stream().map(Refusal::ofSystem).flatMap(Optional::stream).findFirst());
  }

  private static Optional<String> known(Throwable failure) {
    return switch (failure) {
      case SettingsRefusedException e -> message(e);
      case StartRefusedException e -> message(e);
      case PostgresRefusedException e -> message(e);
      case DatabaseRefusedException e -> message(e);
      case KeyringRefusedException e -> message(e);
      case DriverRefusedException e -> message(e);
      case EdgeRefusedException e -> message(e);
      case IdentityRefusedException e -> message(e);
      case PortInUseException e ->
          Optional.of(
              "Port %d is taken by another program: stop that, or choose another with --port or --management-port."
                  .formatted(e.getPort()));
      // A refusal in the constructor of a settings record says more; else name the setting, and
      // never its value.
      case BindException e ->
          chain(e).stream()
                  .noneMatch(
                      cause ->
                          cause instanceof SettingsRefusedException
                              || cause instanceof EdgeRefusedException)
              ? Optional.of(unreadable(e))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** What the constructor of the settings record said, or else the name; never the value. */
  private static String unreadable(BindException failure) {
    for (Throwable cause : chain(failure)) {
      String message = cause.getMessage();
      if (cause instanceof SettingsRefusedException
          || cause instanceof DatabaseRefusedException
          || cause instanceof EdgeRefusedException) {
        return String.valueOf(message);
      }
      if (cause.getClass() == IllegalArgumentException.class
          && message != null
          && message.startsWith("cofferdam.")) {
        return message + ".";
      }
    }
    String name =
        failure.getProperty() == null
            ? failure.getName().toString()
            : failure.getProperty().getName().toString();
    String type = failure.getTarget().getType().toString().replaceAll(".*\\.", "");
    return "The value of `%s` cannot be read as %s: see docs/operations/settings.md."
        .formatted(name, type);
  }

  private static Optional<String> ofSystem(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
      return Optional.of(
          "The disk is full: free some space, or choose another directory with --data.");
    }
    return Optional.empty();
  }

  private static Optional<String> message(Throwable failure) {
    return Optional.ofNullable(failure.getMessage());
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !chain.contains(cause);
        cause = cause.getCause()) {
      chain.add(cause);
    }
    return chain;
  }
}
