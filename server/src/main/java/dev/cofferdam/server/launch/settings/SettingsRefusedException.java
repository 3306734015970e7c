package dev.cofferdam.server.launch.settings;

/**
 * The settings are not fit to start with. The message says in a sentence or two which one, where it
 * stands and what to do, never its value.
 */
public final class SettingsRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SettingsRefusedException(String message) {
    super(message);
  }
}
