package dev.cofferdam.server.authz;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts authorization together. Nothing decides before the policies were validated. */
@Configuration(proxyBeanMethods = false)
class AuthzConfiguration {
  private static final List<String> FILES =
      List.of("entrance.cedar", "standing.cedar", "tenant.cedar", "thing.cedar");

  @Bean
  Authorization authorization(MeterRegistry meters) {
    return new Authorization(shipped(), meters);
  }

  /** The policies of this server. */
  static Policies shipped() {
    return Policies.of(
        resource("schema.cedarschema"),
        FILES.stream().map(AuthzConfiguration::resource).collect(Collectors.joining("\n")));
  }

  static String resource(String file) {
    try (InputStream in =
        Objects.requireNonNull(
            AuthzConfiguration.class.getResourceAsStream("/policies/" + file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
