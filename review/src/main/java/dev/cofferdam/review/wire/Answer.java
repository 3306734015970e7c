package dev.cofferdam.review.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came back for one statement. */
public sealed interface Answer {

  /** Everything an attacker could read in it. */
  String readable();

  /** Rows, each value in its text form. */
  record Rows(List<List<@Nullable String>> rows) implements Answer {
    public Rows {
      rows = Collections.unmodifiableList(new ArrayList<>(rows));
    }

    @Override
    public String readable() {
      return rows.stream()
          .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" | ")))
          .collect(Collectors.joining("; "));
    }
  }

  /** The number of rows that a statement changed. */
  record Count(long changed) implements Answer {
    @Override
    public String readable() {
      return changed + " changed";
    }
  }

  /** An error. */
  record Failed(String state, String message) implements Answer {
    @Override
    public String readable() {
      return state + " " + message.lines().findFirst().orElse("");
    }
  }

  /** The value of the only column of the only row, or empty text when it is anything else. */
  default String single() {
    return this instanceof Rows(var rows) && rows.size() == 1 && rows.getFirst().size() == 1
        ? String.valueOf(rows.getFirst().getFirst())
        : "";
  }
}
