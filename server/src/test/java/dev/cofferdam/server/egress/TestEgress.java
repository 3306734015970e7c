package dev.cofferdam.server.egress;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** The way out, for tests of others, to named ports of this machine. */
public final class TestEgress {
  private TestEgress() {}

  /**
   * @param totalTime how long a request may take
   */
  public static Egress toLoopback(Duration totalTime, int... ports) {
    try {
      Set<NamedDestination> named =
          Arrays.stream(ports)
              .mapToObj(port -> new NamedDestination("127.0.0.1", port))
              .collect(Collectors.toSet());
      return EgressConfiguration.egress(
          new EgressSettings(
              List.of(), List.of(), null, Duration.ofSeconds(1), totalTime, 64, List.of()),
          SSLContext.getDefault(),
          named,
          InetAddress::getAllByName);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
