package dev.cofferdam.server.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUriTest {

  @ParameterizedTest
  @CsvSource({
    "https://client.example/done, WEB, client.example, https://client.example",
    "https://client.example:8443/a/b?c=d, WEB, client.example:8443, https://client.example:8443",
    "https://client.example, WEB, client.example, https://client.example",
    "http://127.0.0.1:49152/callback, LOOPBACK, this computer, http://127.0.0.1:49152",
    "http://127.0.0.1, LOOPBACK, this computer, http://127.0.0.1",
    "http://[::1]:5000/, LOOPBACK, this computer, http:",
    "http://localhost:33418/, LOOPBACK, this computer, http://localhost:33418",
    "com.example.app:/done, APP, com.example.app, com.example.app:",
  })
  void answersGoToSitesWithTlsToThisMachineAndToApps(
      String text, RedirectUri.Kind kind, String place, String source) {
    RedirectUri uri = RedirectUri.of(text).orElseThrow();
    assertThat(uri.kind()).isEqualTo(kind);
    assertThat(uri.place()).isEqualTo(place);
    assertThat(uri.source()).isEqualTo(source);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "client.example",
        "//client.example/",
        "http://client.example/",
        "http://10.0.0.1/",
        "http://127.0.0.2/",
        "http://127.0.0.1.client.example/",
        "http://localhost.client.example/",
        "http://LOCALHOST/",
        "https:/client.example",
        "https://",
        "https:///done",
        "https://client/",
        "https://Client.example/",
        "https://client.example:0/",
        "https://client.example:/",
        "https://client.example:65536/",
        "https://user@client.example/",
        "https://client.example\\@other.example/",
        "https://client.example/#fragment",
        "https://*.client.example/",
        "https://client.example/../other",
        "https://client.example/a/%2e%2E/b",
        "https://client.example/a b",
        "https://client.example/\u00e4",
        "https://client.example/%zz",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "app:/done",
        "com.example.app:done",
        "com.example.app://host/done",
        "JavaScript:alert(1)",
        "blob:https://client.example/1",
      })
  void nothingElseIsAPlaceForAnswers(String text) {
    assertThat(RedirectUri.of(text)).as(text).isEmpty();
  }

  @Test
  void whatIsTooLongIsNone() {
    String longest = "https://client.example/" + "a".repeat(477);
    assertThat(RedirectUri.of(longest)).isPresent();
    assertThat(RedirectUri.of(longest + "a")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://client.example/done, https://client.example/done, true",
    "https://client.example/done, https://client.example/done/, false",
    "https://client.example/done, https://client.example/Done, false",
    "https://client.example/done, https://client.example/done?a=b, false",
    "https://client.example/done, https://client.example:443/done, false",
    "https://client.example/done, https://client.example/%64one, false",
    "http://127.0.0.1/done, http://127.0.0.1:1234/done, true",
    "http://127.0.0.1:5000/done, http://127.0.0.1:1234/done, true",
    "http://127.0.0.1:5000/done, http://127.0.0.1/done, true",
    "http://127.0.0.1:5000/done, http://127.0.0.1:1234/other, false",
    "http://127.0.0.1:5000/done, http://localhost:5000/done, false",
    "http://127.0.0.1/a:5000/b, http://127.0.0.1:5000/a/b, false",
    "http://[::1]/done, http://[::1]:1234/done, true",
    "com.example.app:/done, com.example.app:/done, true",
    "com.example.app:/done, com.example.app:/other, false",
  })
  void placesAreTheSameTextAndLoopbackIsAtAnyPort(
      String registered, String asked, boolean allowed) {
    assertThat(new RedirectUri(registered).allows(new RedirectUri(asked))).isEqualTo(allowed);
  }

  @Test
  void parametersComeBehindThoseThatAreThere() {
    assertThat(new RedirectUri("https://client.example/").with("a=b"))
        .isEqualTo("https://client.example/?a=b");
    assertThat(new RedirectUri("https://client.example/?c=d").with("a=b"))
        .isEqualTo("https://client.example/?c=d&a=b");
  }
}
