package dev.cofferdam.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.audit.witness.WitnessDoor;
import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.Outcome;
import dev.cofferdam.server.egress.Outgoing;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the audit module reach its witness through the one outbound door. */
@Configuration(proxyBeanMethods = false)
class WitnessThroughEgress {
  private static final int MOST_BYTES = 64 * 1024;

  @Bean
  WitnessDoor witnessDoor(Egress egress) {
    return (url, body) ->
        switch (egress.send(Outgoing.text(url, body, MOST_BYTES))) {
          case Outcome.Answered answered ->
              new WitnessDoor.Reply(
                  answered.status(),
                  answered.header("Content-Type").orElse(""),
                  new String(answered.body(), UTF_8));
          case Outcome.Refused(Outcome.Rule rule, String host) ->
              throw new IOException(
                  "the way to `%s` is refused (%s): see cofferdam.egress.allowed"
                      .formatted(host, rule));
          case Outcome.Failed(Outcome.Cause cause, String host) ->
              throw new IOException("`%s` does not answer (%s)".formatted(host, cause));
        };
  }
}
