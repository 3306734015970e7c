package dev.cofferdam.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelfTestTest {
  @ParameterizedTest
  @MethodSource("dev.cofferdam.protocol.crypto.Providers#both")
  void everyAlgorithmGivesThePublishedAnswer(CryptoProvider provider) {
    assertThat(SelfTest.firstFailure(provider)).isEmpty();
  }

  @Test
  void conscryptIsUsedAndInstalledNowhere() {
    assertThat(CryptoProvider.best().name()).isEqualTo("Conscrypt");
    assertThat(Security.getProviders())
        .as("whoever asks for no provider must not get Conscrypt")
        .noneMatch(provider -> provider.getName().equals("Conscrypt"));
  }

  /**
   * Where the native library does not load, the JDK serves: shown in a JVM whose platform has none.
   */
  @Test
  void withoutTheNativeLibraryTheJdkServes() throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Dos.arch=none",
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("JDK sound", "x-wing false");
  }

  /** Prints which provider serves and whether it is sound. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) {
      CryptoProvider provider = CryptoProvider.best();
      String verdict = SelfTest.firstFailure(provider).orElse("sound");
      System.out.println(provider.name() + " " + verdict);
      System.out.println("x-wing " + ReceivingKey.of(XWingVector.PUBLIC_KEY.bytes()).isPresent());
    }
  }
}
