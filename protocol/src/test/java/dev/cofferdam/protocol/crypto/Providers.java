package dev.cofferdam.protocol.crypto;

import java.util.stream.Stream;

/** Both providers, for tests that must hold on each. */
final class Providers {
  private Providers() {}

  static Stream<CryptoProvider> both() {
    return Stream.of(CryptoProvider.best(), CryptoProvider.jdk());
  }
}
