package dev.cofferdam.server.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three parts in the letters of base64url, each in its one spelling. */
class CompactTokenTest {
  private static final String HEADER = "eyJhbGciOiJFUzI1NiJ9";
  private static final String PAYLOAD = "e30";

  @ParameterizedTest
  @ValueSource(strings = {"H.P.c2ln", "H.P."})
  void whatHasTheFormIsTakenApart(String form) {
    assertThat(CompactToken.of(spelt(form))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "H",
        "H.",
        "H.P",
        ".P.c2ln",
        "H..c2ln",
        "H.P.c2ln.",
        "H.P.c2.ln",
        "H.P.c2ln=",
        "H=.P.c2ln",
        "H.P.c2+n",
        "H.P.c2/n",
        "H.P.c2 n",
        " H.P.c2ln",
        "H.P.c2ln\n",
        "H.P.c2l\u00fc",
        "H.e31.c2ln",
        "P.P.c2ln"
      })
  void whatHasNotIsNone(String form) {
    assertThat(CompactToken.of(spelt(form))).isEmpty();
  }

  private static String spelt(String form) {
    return form.replace("H", HEADER).replace("P", PAYLOAD);
  }
}
