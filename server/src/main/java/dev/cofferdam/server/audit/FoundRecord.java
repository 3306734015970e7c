package dev.cofferdam.server.audit;

/** What was found of a record by its id: {@link Proven}, on its way, or nothing. */
public sealed interface FoundRecord permits Proven, FoundRecord.Pending, FoundRecord.None {
  /** It is durable, and its leaf will follow. */
  record Pending() implements FoundRecord {}

  /** There is none that the caller may see. */
  record None() implements FoundRecord {}
}
