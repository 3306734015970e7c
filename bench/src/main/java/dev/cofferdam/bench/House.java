package dev.cofferdam.bench;

import dev.cofferdam.review.wire.Site;
import dev.cofferdam.server.Cofferdam;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.tenancy.RolePasswords;
import dev.cofferdam.server.tenancy.TenantCreation;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The whole server in this process: over HTTP, or by its beans for what has no route. */
final class House implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final Deque<AutoCloseable> before = new ArrayDeque<>();

  private House(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts it on an installed database.
   *
   * @param settings beside the address of the database
   */
  static House on(String databaseUrl, RootKey rootKey, Map<String, Object> settings) {
    System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    Logger.getLogger("").setLevel(Level.WARNING);
    Map<String, Object> derived = new HashMap<>(settings);
    derived.put("spring.config.location", "classpath:/application.yaml");
    derived.put("server.address", "127.0.0.1");
    derived.put("server.port", 0);
    derived.put("management.server.address", "127.0.0.1");
    derived.put("management.server.port", 0);
    derived.put("cofferdam.development-idp.port", 0);
    derived.put("cofferdam.database.url", databaseUrl);
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .forEach(source -> environment.getPropertySources().remove(source.getName()));
    environment.getPropertySources().addFirst(new MapPropertySource("bench", derived));
    SpringApplication application = new SpringApplication(Cofferdam.class);
    application.setEnvironment(environment);
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    application.addInitializers(
        context -> {
          GenericApplicationContext generic = (GenericApplicationContext) context;
          generic.registerBean(RootKey.class, () -> rootKey, bean -> bean.setDestroyMethodName(""));
          generic.registerBean(
              RolePasswords.class, () -> role -> rootKey.rolePassword(role.user()).toCharArray());
        });
    return new House(application.run());
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Where it listens for requests. */
  Site site() {
    return new Site(
        "127.0.0.1",
        context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
  }

  /** A tenant in the shared tables. */
  TenantId tenant(String slug) {
    TenantId id = new TenantId(UUID.randomUUID());
    TenantCreation creation =
        bean(Tenants.class).create(id, slug, "A tenant", Tenants.WantedPlacement.SHARED);
    if (!(creation instanceof TenantCreation.Created)) {
      throw new IllegalStateException("no tenant was made, but " + creation);
    }
    return id;
  }

  /** Closes this before the server. */
  void onClose(AutoCloseable closeable) {
    before.push(closeable);
  }

  @Override
  public void close() {
    for (AutoCloseable each : before) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("could not be closed", e);
      }
    }
    context.close();
  }
}
