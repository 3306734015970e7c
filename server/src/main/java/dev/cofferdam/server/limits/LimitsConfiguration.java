package dev.cofferdam.server.limits;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the limits together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitsSettings.class)
class LimitsConfiguration {

  @Bean
  Buckets buckets(LimitsSettings settings, Clock clock, MeterRegistry meters) {
    Buckets own = new LocalBuckets(clock);
    if (settings.store() == null) {
      return own;
    }
    StoreAddress address = StoreAddress.of(settings.store(), settings.storeTrustedRoots());
    return new SharedBuckets(
        StoreConnection.open(address, settings.storeUser(), settings.storePasswordFile()),
        own,
        settings.shareWithoutStore(),
        clock,
        meters);
  }

  @Bean
  Limits limits(LimitsSettings settings, Buckets buckets, MeterRegistry meters) {
    return new Limits(LimitTable.ofServer().with(settings.overrides()), buckets, meters);
  }
}
