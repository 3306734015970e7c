package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.BindingEpochs;
import dev.cofferdam.server.tenancy.BindingKeys;
import dev.cofferdam.server.tenancy.Capabilities;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.RolePasswords;
import dev.cofferdam.server.tenancy.TenantData;
import dev.cofferdam.server.tenancy.TenantDirectory;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantProfiles;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The order of a start: the database is prepared, a binding key installed, the checks pass, and
 * only then are there connections to serve with. Needs beans of {@link RolePasswords} and {@link
 * BindingKeys}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class TenancyConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  PreparedDatabase preparedDatabase(
      DatabaseSettings settings, RolePasswords passwords, ObjectProvider<TableList> more) {
    TableList list = more.orderedStream().reduce(TableList.ofCofferdam(), TableList::and);
    return PreparedDatabase.prepare(settings, passwords, list);
  }

  @Bean
  Capabilities capabilities(BindingKeys keys, Clock clock) {
    return new Capabilities(keys, clock);
  }

  @Bean(destroyMethod = "close")
  @Primary
  DataSource appDataSource(PreparedDatabase database, Capabilities capabilities) {
    return database.openAppPool(capabilities);
  }

  @Bean(destroyMethod = "close")
  @Ops
  DataSource opsDataSource(PreparedDatabase database, Capabilities capabilities) {
    return database.openOpsPool(capabilities);
  }

  @Bean
  BindingEpochs bindingEpochs(
      PreparedDatabase database,
      DataSource app,
      BindingKeys keys,
      Capabilities capabilities,
      Clock clock) {
    BindingEpochs epochs = new BindingEpochs(database.owner(), app, keys, capabilities, clock);
    epochs.start();
    database.checkBinding(capabilities);
    return epochs;
  }

  @Bean
  EpochKeeper epochKeeper(BindingEpochs epochs, DatabaseSettings settings) {
    return new EpochKeeper(epochs, settings.bindingRotation());
  }

  /** Takes the epochs, so that nobody has a client before a capability can be minted. */
  @Bean
  @Primary
  JdbcClient appClient(DataSource app, BindingEpochs epochs) {
    return JdbcClient.create(app);
  }

  @Bean
  @Ops
  JdbcClient opsClient(@Ops DataSource ops, BindingEpochs epochs) {
    return JdbcClient.create(ops);
  }

  @Bean
  @Primary
  PlatformTransactionManager appTransactionManager(DataSource app) {
    return new DataSourceTransactionManager(app);
  }

  @Bean
  @Ops
  PlatformTransactionManager opsTransactionManager(@Ops DataSource ops) {
    return new DataSourceTransactionManager(ops);
  }

  @Bean
  @Primary
  TransactionOperations appTransactions(PlatformTransactionManager app) {
    return new TransactionTemplate(app);
  }

  @Bean
  @Ops
  TransactionOperations opsTransactions(@Ops PlatformTransactionManager ops) {
    return new TransactionTemplate(ops);
  }

  @Bean
  DatabaseHealth databaseHealthIndicator(JdbcClient app, BindingEpochs epochs) {
    return new DatabaseHealth(app, epochs);
  }

  @Bean
  PlacedSchemas placedSchemas(PreparedDatabase database) {
    return new PlacedSchemas(database.owner(), database.list());
  }

  @Bean
  @ConditionalOnBooleanProperty(name = "cofferdam.database.migrate", matchIfMissing = true)
  PlacementKeeper placementKeeper(PlacedSchemas schemas) {
    return new PlacementKeeper(schemas);
  }

  @Bean
  TenantData tenantData(PreparedDatabase database) {
    return new TenantRows(database.owner(), database.list());
  }

  @Bean
  Tenants tenants(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      PlacedSchemas schemas,
      ApplicationEventPublisher events,
      Clock clock) {
    return new Tenants(ops, transaction, schemas, events, clock);
  }

  @Bean
  TenantDirectory tenantDirectory(@Ops JdbcClient ops) {
    return new TenantDirectory(ops);
  }

  @Bean
  TenantProfiles tenantProfiles(JdbcClient app, Clock clock) {
    return new TenantProfiles(app, clock);
  }

  @Bean
  TenantGate tenantGate(JdbcClient app, PlacedSchemas schemas, Clock clock) {
    return new TenantGate(app, schemas, clock);
  }
}
