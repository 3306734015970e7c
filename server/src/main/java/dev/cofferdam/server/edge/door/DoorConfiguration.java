package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.AuditSettings;
import dev.cofferdam.server.audit.Receipts;
import dev.cofferdam.server.audit.Refusals;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Cursors;
import dev.cofferdam.server.surface.ProblemPages;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class DoorConfiguration {

  @Bean
  Declarations declarations(ObjectProvider<HandlerMapping> mappings, Limits limits) {
    OtherHandlers.refuse(mappings.orderedStream().toList());
    return Declarations.of(
        mappings
            .orderedStream()
            .filter(RequestMappingInfoHandlerMapping.class::isInstance)
            .map(RequestMappingInfoHandlerMapping.class::cast)
            .toList(),
        new Names(limits.names()));
  }

  @Bean
  Pages doorPages(Cursors cursors) {
    return new Pages(cursors);
  }

  @Bean
  Attempts doorAttempts(
      JdbcClient app,
      @Ops JdbcClient ops,
      @Ops DataSource opsSource,
      JsonMapper json,
      Clock clock) {
    return new Attempts(new Outcomes(app, ops, opsSource, clock), json);
  }

  @Bean
  Denials doorDenials(
      AuditLog audit,
      Refusals refusals,
      ObjectProvider<ProblemPages> pages,
      ObjectProvider<Declarations> declarations) {
    return new Denials(
        audit,
        refusals,
        Optional.ofNullable(pages.getIfAvailable()),
        new WaysBack(() -> declarations.getObject().routes()));
  }

  @Bean
  Durability doorDurability(AuditLog audit, Receipts receipts, AuditSettings settings) {
    return new Durability(audit, receipts, settings);
  }

  @Bean
  Door door(
      Declarations declarations,
      Authenticator authenticator,
      Limits limits,
      Authorization authorization,
      TenantGate gate,
      Durability durability,
      Pages pages,
      JsonMapper json,
      Clock clock) {
    return new Door(
        declarations,
        authenticator,
        new Turnstile(limits),
        new Entrances(authorization, clock),
        new Bindings(gate),
        durability,
        new Answers(pages, json));
  }

  @Bean
  WebMvcRegistrations doorway(ObjectProvider<Door> door) {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new DoorAdapter(door::getObject);
      }

      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new DoorMapping();
      }
    };
  }

  @Bean
  WebMvcConfigurer doorFittings(
      ObjectProvider<Pages> pages,
      ObjectProvider<Attempts> attempts,
      ObjectProvider<Denials> denials,
      ObjectProvider<Door> door) {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new Arguments(pages.getObject(), attempts.getObject()));
      }

      @Override
      public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new EnumWords());
      }

      @Override
      public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.clear();
        resolvers.add(new Failures(denials.getObject(), door::getObject));
      }
    };
  }
}
