package dev.cofferdam.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.postgres.State;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SharedPostgresTest {

  @Test
  void givesEachCallerAnEmptyDatabaseOfOneCluster() {
    JdbcClient one = JdbcClient.create(SharedPostgres.freshDatabase());
    JdbcClient other = JdbcClient.create(SharedPostgres.freshDatabase());

    one.sql("create table kept (id int)").update();

    assertThat(other.sql("select to_regclass('kept') is null").query(Boolean.class).single())
        .isTrue();
    assertThat(SharedPostgres.cluster().state()).isEqualTo(new State.Running());
    assertThat(SharedPostgres.cluster().superuser().toString())
        .doesNotContain(SharedPostgres.cluster().superuser().password());
  }
}
