package dev.cofferdam.review.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PastedSqlTest {
  /** As a statement keeps its text. */
  private static final class Statement {
    private final String sql;

    Statement(String sql) {
      this.sql = sql;
    }
  }

  @Test
  void aTextBecomesPartOfTheStatementAndNothingElseDoes() {
    Statement statement =
        new Statement("select :name, :name_of, :at::name from t where n = :name and u = :id");

    PastedSql.into(statement, "name", "a' or '1");
    PastedSql.into(statement, "id", 7);

    assertThat(Reflected.field(statement, "sql"))
        .isEqualTo(
            "select 'a' or '1', :name_of, :at::name from t where n = 'a' or '1' and u = :id");
  }
}
