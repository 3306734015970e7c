package dev.cofferdam.server.identity.idp;

import java.util.List;
import java.util.Optional;

/** How strongly a demo person is to have signed in: as one chooses. */
enum DemoAssurance {
  ONE_FACTOR("pwd", "One factor", List.of("pwd")),
  TWO_FACTORS("mfa", "Two factors", List.of("pwd", "otp", "mfa")),
  PHISHING_RESISTANT("phr", "A factor that cannot be phished", List.of("hwk", "user", "mfa"));

  private final String acr;
  private final String words;
  private final List<String> amr;

  DemoAssurance(String acr, String words, List<String> amr) {
    this.acr = acr;
    this.words = words;
    this.amr = amr;
  }

  String acr() {
    return acr;
  }

  String words() {
    return words;
  }

  List<String> amr() {
    return amr;
  }

  static Optional<DemoAssurance> of(String acr) {
    return List.of(values()).stream().filter(one -> one.acr.equals(acr)).findFirst();
  }
}
