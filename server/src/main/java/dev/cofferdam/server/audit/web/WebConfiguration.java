package dev.cofferdam.server.audit.web;

import dev.cofferdam.server.audit.AuditSettings;
import dev.cofferdam.server.audit.read.TenantKeys;
import dev.cofferdam.server.audit.store.PublishedKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the handlers need and the operator's commands do not. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

  @Bean
  TenantKeys tenantKeys(PublishedKeys keys, JdbcClient app, AuditSettings settings) {
    return new TenantKeys(keys, app, settings);
  }
}
