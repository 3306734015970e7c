package dev.cofferdam.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  @ParameterizedTest
  @CsvSource({
    "ann@example.com,ann@example.com",
    "Ann.B+tag@Example.COM,ann.b+tag@example.com",
    "ann@bücher.example,ann@xn--bcher-kva.example",
    "ann@BÜCHER.example,ann@xn--bcher-kva.example",
    "ann@xn--bcher-kva.example,ann@xn--bcher-kva.example",
    "ann@ｅxample.com,ann@example.com"
  })
  void oneAddressIsWrittenInOneWay(String written, String text) {
    assertThat(EmailAddress.of(written).orElseThrow().text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@example.com",
        "ann",
        "ann@",
        "ann@localhost",
        "ann@example.com ",
        " ann@example.com",
        "a b@example.com",
        "\"ann\"@example.com",
        "ann@example.com\r\nBcc: x@example.com",
        "ann@exam\u0000ple.com",
        "ann@a@example.com",
        "ann(comment)@example.com",
        "ann..b@example.com",
        ".ann@example.com",
        "ann.@example.com",
        "änn@example.com",
        "ann@-example.com",
        "ann@example..com",
        "ann@.example.com",
        "ann@[127.0.0.1]",
        "ann@127.0.0.1",
        "Ann <ann@example.com>",
        "ann@example.com,bob@example.com",
        "ann%bob@xn--a.example"
      })
  void whatIsNoAddressIsNone(String written) {
    assertThat(EmailAddress.of(written)).isEmpty();
  }

  @Test
  void lettersThatLookAlikeAreNotTheSame() {
    EmailAddress latin = EmailAddress.of("ann@example.com").orElseThrow();
    EmailAddress cyrillic = EmailAddress.of("ann@ex\u0430mple.com").orElseThrow();
    assertThat(cyrillic).isNotEqualTo(latin);
    assertThat(cyrillic.text()).contains("xn--");
    assertThat(EmailAddress.of("a".repeat(65) + "@example.com")).isEmpty();
    assertThat(EmailAddress.of("a@" + "b".repeat(250) + ".com")).isEmpty();
  }

  @Test
  void itIsNotPrinted() {
    assertThat(EmailAddress.of("ann@example.com").orElseThrow().toString()).doesNotContain("ann");
  }
}
