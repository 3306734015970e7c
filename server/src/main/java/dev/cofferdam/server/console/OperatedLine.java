package dev.cofferdam.server.console;

/** A tenant as an operator sees it; times once for machines and once for people. */
public record OperatedLine(
    String id,
    String slug,
    String name,
    String state,
    String placement,
    String placementFailure,
    String createdAt,
    String created,
    String changedAt,
    String changed) {

  /** Over the page that asks for the reason of an act. */
  public String title(String act) {
    return switch (act) {
      case "suspend" -> "Suspend " + name;
      case "resume" -> "Resume " + name;
      default -> "Break the glass of " + name;
    };
  }

  /** What does the act. */
  public String button(String act) {
    return switch (act) {
      case "suspend" -> "Suspend it";
      case "resume" -> "Resume it";
      default -> "Break the glass";
    };
  }

  public boolean maySuspend() {
    return state.equals("active");
  }

  public boolean mayResume() {
    return state.equals("suspended");
  }
}
