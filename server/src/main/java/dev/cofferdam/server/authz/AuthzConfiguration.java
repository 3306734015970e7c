package dev.cofferdam.server.authz;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.surface.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts authorization together. Nothing decides before the policies were validated. */
@Configuration(proxyBeanMethods = false)
class AuthzConfiguration {
  private static final List<String> FILES =
      List.of("entrance.cedar", "standing.cedar", "tenant.cedar", "thing.cedar");

  @Bean
  Authorization authorization(MeterRegistry meters) {
    return Authorization.ofServer(meters);
  }

  @Bean
  Groups groups(
      JdbcClient app,
      TransactionOperations transaction,
      Members members,
      Nodes nodes,
      Authorization authorization,
      Outbox outbox,
      Clock clock) {
    return new Groups(
        new GroupRows(app),
        members,
        nodes,
        authorization,
        new Acts(outbox),
        transaction,
        new Ids(clock, new SecureRandom()),
        clock);
  }

  @Bean
  Projects projects(
      JdbcClient app,
      TransactionOperations transaction,
      Authorization authorization,
      Outbox outbox,
      Clock clock) {
    return new Projects(
        new ProjectRows(app),
        authorization,
        new Acts(outbox),
        transaction,
        new Ids(clock, new SecureRandom()),
        clock);
  }

  @Bean
  Grants grants(
      JdbcClient app,
      TransactionOperations transaction,
      Members members,
      Nodes nodes,
      Authorization authorization,
      Outbox outbox,
      Clock clock) {
    return new Grants(
        new ProjectRows(app),
        new GrantRows(app),
        new GroupRows(app),
        members,
        nodes,
        authorization,
        new Acts(outbox),
        transaction,
        clock);
  }

  @Bean
  ThingGrants thingGrants(
      JdbcClient app,
      TransactionOperations transaction,
      Nodes nodes,
      Authorization authorization,
      Outbox outbox,
      Clock clock) {
    return new ThingGrants(
        new ProjectRows(app),
        new GrantRows(app),
        new GroupRows(app),
        nodes,
        authorization,
        new Acts(outbox),
        transaction,
        clock);
  }

  @Bean
  Surroundings surroundings(JdbcClient app) {
    return new Surroundings(new ProjectRows(app));
  }

  /** The policies of this server. */
  static Policies shipped() {
    return Policies.of(
        resource("schema.cedarschema"),
        FILES.stream().map(AuthzConfiguration::resource).collect(Collectors.joining("\n")));
  }

  static String resource(String file) {
    return resource(AuthzConfiguration.class, "/policies/" + file);
  }

  static String resource(Class<?> beside, String name) {
    try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
