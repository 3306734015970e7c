package dev.cofferdam.server.mail;

import dev.cofferdam.server.egress.Trust;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses how letters leave. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
class MailConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Mail mail(MailSettings settings, Clock clock) {
    if (settings.server() != null) {
      return new SmtpMail(
          MailServer.of(settings.server()),
          settings.sender(),
          settings.user(),
          settings.passwordFile(),
          Trust.context("cofferdam.mail.trusted-roots", settings.trustedRoots()),
          settings.patience(),
          clock);
    }
    if (settings.folder() == null) {
      throw new IllegalArgumentException(
          "No letter can leave: set cofferdam.mail.server, or cofferdam.mail.folder to have letters"
              + " put there.");
    }
    return new FolderMail(settings.folder(), settings.sender(), clock);
  }
}
