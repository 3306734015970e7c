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

  public boolean maySuspend() {
    return state.equals("active");
  }

  public boolean mayResume() {
    return state.equals("suspended");
  }
}
