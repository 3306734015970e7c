package dev.cofferdam.server.audit.web;

import dev.cofferdam.server.audit.read.Filter;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.surface.Refusal;

/** What requests look for. */
final class Filters {
  private Filters() {}

  static RecordQuery query(Filter filter, int limit) {
    return switch (filter.read(limit)) {
      case Filter.Read.Good(RecordQuery query) -> query;
      case Filter.Read.Wrong(String field) -> throw Refusal.invalid(field).thrown();
    };
  }
}
