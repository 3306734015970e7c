package dev.cofferdam.server.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code requests.cases}: what may leave, and by which rule the rest may not. */
class RequestsTest {

  static List<Arguments> cases() throws IOException {
    try (InputStream in = RequestsTest.class.getResourceAsStream("requests.cases")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("# ") && !line.isBlank())
          .map(line -> line.split("\\|", -1))
          .map(
              fields ->
                  Arguments.of(
                      fields[0].strip().replace('␠', ' ').replace('␉', '\t'),
                      words(fields[1]),
                      words(fields[2].replace("-", "")),
                      fields[3].strip()))
          .toList();
    }
  }

  @ParameterizedTest(name = "{0} named {1} at {2}: {3}")
  @MethodSource("cases")
  void eachRequestIsJudgedAsTheTableSays(
      String url, List<String> named, List<String> addresses, String expected) throws Exception {
    Set<NamedDestination> destinations =
        named.stream().map(NamedDestination::of).collect(Collectors.toSet());
    if (expected.equals("goes")) {
      assertThat(rule(url, destinations, addresses)).isEmpty();
      return;
    }
    try (Egress egress =
        EgressConfiguration.egress(
            Sites.settings(),
            SSLContext.getDefault(),
            destinations,
            host -> resolved(host, addresses))) {
      assertThat(egress.send(Outgoing.get(url, 100)))
          .isInstanceOfSatisfying(
              Outcome.Refused.class, refused -> assertThat(refused.rule()).hasToString(expected));
    }
  }

  @Test
  void aUrlThatIsTooLongIsRefused() {
    assertThat(Destination.of("https://idp.example/" + "a".repeat(4076))).isPresent();
    assertThat(Destination.of("https://idp.example/" + "a".repeat(4077))).isEmpty();
  }

  /** What goes is not sent from here: it would leave this machine. */
  private static Optional<Outcome.Rule> rule(
      String url, Set<NamedDestination> named, List<String> addresses) {
    Admission admission = new Admission(named, AddressKinds.ofTable());
    Destination to = Destination.of(url).orElseThrow();
    return admission
        .againstUrl(to)
        .or(
            () ->
                admission.againstAddresses(
                    to,
                    to.literal()
                        ? new InetAddress[] {InetAddress.ofLiteral(to.host())}
                        : resolved(to.host(), addresses)));
  }

  private static InetAddress[] resolved(String host, List<String> addresses) {
    assertThat(addresses).as("`%s` is not to be looked up", host).isNotEmpty();
    return addresses.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  private static List<String> words(String field) {
    return Arrays.stream(field.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
