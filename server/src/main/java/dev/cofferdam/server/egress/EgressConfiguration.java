package dev.cofferdam.server.egress;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the way out together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EgressSettings.class)
class EgressConfiguration {

  /**
   * @param ofThisServer what the server itself has opened on this machine, such as the development
   *     IdP on a port that is known only now
   */
  @Bean(destroyMethod = "close")
  Egress egress(EgressSettings settings, ObjectProvider<NamedDestination> ofThisServer) {
    Set<NamedDestination> named = new HashSet<>(settings.named());
    ofThisServer.forEach(named::add);
    return egress(
        settings,
        Trust.context("cofferdam.egress.trusted-roots", settings.trustedRoots()),
        named,
        InetAddress::getAllByName);
  }

  @Bean
  TextRecords textRecords(EgressSettings settings) {
    return new TextRecords(settings.nameServers());
  }

  static Egress egress(
      EgressSettings settings, SSLContext trust, Set<NamedDestination> named, Resolver resolver) {
    return new Egress(
        new Admission(named, AddressKinds.ofTable()),
        new Admission(settings.namedToTenants(), AddressKinds.ofTable()),
        new Lookup(resolver),
        new Wire(trust, settings.connectTime(), settings.mostAtOnce()),
        settings.totalTime(),
        settings.mostAtOnce());
  }
}
