package dev.cofferdam.server.launch;

/** What looking at one thing that a start needs turned up. */
sealed interface Finding {

  /** As it should be, or will be made. */
  record Fine(String what) implements Finding {}

  /** A start would fail, or not be what it should. */
  record Missing(String whatToDo) implements Finding {}
}
