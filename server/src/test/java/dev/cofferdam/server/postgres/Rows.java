package dev.cofferdam.server.postgres;

import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A table whose rows tell whether what was committed is still there. */
final class Rows {
  private Rows() {}

  static JdbcClient client(String jdbcUrl, String user, String password) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(jdbcUrl);
    dataSource.setUser(user);
    dataSource.setPassword(password);
    return JdbcClient.create(dataSource);
  }

  static JdbcClient client(EmbeddedPostgres postgres) {
    return client(
        postgres.jdbcUrl("postgres"), postgres.superuser().name(), postgres.superuser().password());
  }

  static void keep(JdbcClient client, int... numbers) {
    client.sql("create table if not exists kept (number int primary key)").update();
    for (int number : numbers) {
      client.sql("insert into kept values (?)").param(number).update();
    }
  }

  static List<Integer> kept(JdbcClient client) {
    return client.sql("select number from kept order by number").query(Integer.class).list();
  }
}
