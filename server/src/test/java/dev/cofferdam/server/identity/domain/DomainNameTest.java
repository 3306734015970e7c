package dev.cofferdam.server.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be claimed, and as what it is known. */
class DomainNameTest {
  @ParameterizedTest
  @CsvSource({
    "ACME.Example, acme.example",
    "' acme.example ', acme.example",
    "eng.acme.co.uk, eng.acme.co.uk",
    "b\u00fccher.example, xn--bcher-kva.example",
    "XN--BCHER-KVA.example, xn--bcher-kva.example",
    // Cyrillic: another name than acme, and looks like another.
    "\u0430cme.example, xn--cme-5cd.example",
    "acme\u3002example, acme.example",
    "\uff41cme.example, acme.example"
  })
  void isKnownAsTheDnsWritesIt(String written, String known) {
    assertThat(DomainName.of(written)).map(DomainName::text).hasValue(known);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example",
        "com",
        "co.uk",
        "github.io",
        "acme.example.",
        ".acme.example",
        "acme..example",
        "*.acme.example",
        "_dmarc.acme.example",
        "acme.example/x",
        "acme.example:53",
        "127.0.0.1",
        "someone@acme.example",
        "a b.example",
        "-acme.example"
      })
  void isNothingThatNobodyOwnsAlone(String written) {
    assertThat(DomainName.of(written)).isEmpty();
  }

  @Test
  void leavesRoomForTheLabelOfTheRecord() {
    String label = "a".repeat(60);
    String longest = label + "." + label + "." + label + "." + "b".repeat(41) + ".example";
    assertThat(Challenge.placeOf(DomainName.of(longest).orElseThrow()).length())
        .isLessThanOrEqualTo(253);
    assertThat(DomainName.of("bbb" + longest)).isEmpty();
  }

  @Test
  void theGraceOutlastsALookThatWasMissed() {
    assertThatThrownBy(
            () ->
                new DomainSettings(
                    Duration.ofHours(12), Duration.ofHours(1), Duration.ofHours(12), 50))
        .hasMessageContaining("cofferdam.domains.grace");
  }
}
