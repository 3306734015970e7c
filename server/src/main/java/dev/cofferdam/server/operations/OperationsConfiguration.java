package dev.cofferdam.server.operations;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantDirectory;
import dev.cofferdam.server.tenancy.Tenants;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

  @Bean
  OperatedTenants operatedTenants(TenantDirectory directory, Tenants tenants, @Ops Outbox outbox) {
    return new OperatedTenants(directory, tenants, outbox);
  }

  @Bean
  SignOffs signOffs(@Ops TransactionOperations transaction, @Ops Outbox outbox) {
    return new SignOffs(transaction, outbox);
  }
}
