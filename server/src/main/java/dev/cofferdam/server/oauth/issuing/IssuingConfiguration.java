package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.surface.Ids;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the making of access tokens together. */
@Configuration(proxyBeanMethods = false)
class IssuingConfiguration {

  @Bean
  SigningKeys signingKeys(Keyring keyring, Clock clock) {
    return new SigningKeys(keyring, clock);
  }

  @Bean
  AccessTokens accessTokens(SigningKeys signingKeys, Ids ids, Clock clock) {
    return new AccessTokens(signingKeys, ids, clock);
  }
}
