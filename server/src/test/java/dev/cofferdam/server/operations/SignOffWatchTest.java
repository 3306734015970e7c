package dev.cofferdam.server.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A server that compares itself with what somebody has signed. */
final class SignOffWatchTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-27T12:00:00Z"), ZoneOffset.UTC);
  private static final String DIGEST = "ab".repeat(32);

  @TempDir private Path folder;

  private final KeyPair pair =
      CryptoProvider.best().generator(KeyAlgorithm.ED25519).generateKeyPair();
  private final NoteKey reviewer =
      NoteKey.of("reviewer", NoteKey.Use.NOTE, Ed25519.raw(pair.getPublic().getEncoded()));
  private final Map<String, Object> settings = new HashMap<>();
  private Path archive = Path.of("");
  private Running running = new Running(archive, new StandardEnvironment());
  private SignOffWatch watch = watch(new SignOffSettings(null, null, Duration.ofMinutes(10)));

  @BeforeEach
  void build() throws IOException {
    archive = folder.resolve("server.jar");
    pack("permit");
    Files.createDirectory(folder.resolve("lib"));
    Files.writeString(folder.resolve("lib/one.jar"), "one");
    settings.put("cofferdam.edge.body-limit", "1MB");
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("file", settings));
    running = new Running(archive, environment);
    watch =
        watch(
            new SignOffSettings(
                folder.resolve("sign-off.note"), reviewer.toString(), Duration.ofMinutes(10)));
  }

  private SignOffWatch watch(SignOffSettings named) {
    return new SignOffWatch(named, running, CLOCK);
  }

  private void pack(String policy) throws IOException {
    pack(policy, "threats: []");
  }

  private void pack(String policy, String register) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(archive))) {
      put(jar, "policies/tenant.cedar", policy);
      put(jar, "register/iso.yaml", register);
    }
  }

  private static void put(JarOutputStream jar, String name, String text) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(text.getBytes(StandardCharsets.UTF_8));
    jar.closeEntry();
  }

  private void sign(String target, String verdict, String until) throws IOException {
    sign(
        "cofferdam-sign-off-4\n%s\ntarget %s\nverdict %s\nuntil %s\ncode %s\nconfiguration %s\npolicies %s\nregister %s\n"
            .formatted(
                DIGEST,
                target,
                verdict,
                until,
                running.code().digest(),
                running.configuration().digest(),
                running.policies().digest(),
                running.register().digest()));
  }

  private void sign(String text) throws IOException {
    Note note = new Note(text, List.of(reviewer.sign(text, this::signature)));
    Files.writeString(folder.resolve("sign-off.note"), note.toString());
  }

  private byte[] signature(byte[] message) {
    try {
      Signature signature = CryptoProvider.best().signature(KeyAlgorithm.ED25519);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> drifted() {
    return watch.look().standing().drifted();
  }

  @Test
  void whatIsAsItWasSignedOffIsCurrent() throws IOException {
    sign("https://cofferdam.example", "incomplete", "2026-11-28");

    assertThat(watch.look().standing()).isInstanceOf(Standing.Current.class);
    assertThat(watch.seen().at()).isEqualTo(CLOCK.instant());
  }

  @Test
  void whateverDriftsIsNamed() throws IOException {
    sign("https://cofferdam.example", "incomplete", "-");
    watch.look();

    Files.writeString(folder.resolve("lib/one.jar"), "two");
    assertThat(drifted()).containsExactly("code");
    Files.writeString(folder.resolve("lib/one.jar"), "one");
    assertThat(drifted()).isEmpty();
    Files.writeString(folder.resolve("lib/more.jar"), "more");
    assertThat(drifted()).containsExactly("code");
    Files.delete(folder.resolve("lib/more.jar"));

    settings.put("cofferdam.edge.body-limit", "1GB");
    assertThat(drifted()).containsExactly("configuration");
    settings.put("cofferdam.edge.body-limit", "1MB");
    settings.put("cofferdam.clients.of-nobody", "any");
    assertThat(drifted()).containsExactly("configuration");
    settings.remove("cofferdam.clients.of-nobody");
    settings.put("cofferdam.sign-off.file", "another");
    assertThat(drifted()).isEmpty();

    pack("forbid");
    assertThat(drifted()).containsExactly("code", "policies");
    pack("permit", "threats: [another]");
    assertThat(drifted()).containsExactly("code", "register");
  }

  @Test
  void aLaboratorysSignOffSaysNothingOfSettings() throws IOException {
    sign("laboratory", "good", "-");
    settings.put("cofferdam.edge.body-limit", "1GB");

    assertThat(drifted()).isEmpty();
    assertThat(watch.seen().standing().told()).contains("says nothing of these settings");
  }

  @Test
  void whatIsOverOrWasNeverGoodIsStale() throws IOException {
    sign("laboratory", "accepted", "2026-11-27");
    assertThat(drifted()).containsExactly("acceptances");

    sign("laboratory", "findings", "-");
    assertThat(drifted()).containsExactly("verdict");
  }

  @Test
  void whatIsNoSignOffOfTheReviewersDoesNotCount() throws IOException {
    assertThat(drifted()).containsExactly("signature");

    sign("laboratory", "good", "-");
    Path note = folder.resolve("sign-off.note");
    Files.writeString(note, Files.readString(note).replace("verdict good", "verdict best"));
    assertThat(drifted()).containsExactly("signature");

    for (String wrong :
        List.of(
            "another-form\n",
            "cofferdam-sign-off-4\n" + DIGEST + "\n",
            "cofferdam-sign-off-4\n" + DIGEST + "\n" + "x\n".repeat(7))) {
      sign(wrong);
      assertThat(drifted()).as(wrong).containsExactly("signature");
    }
    Files.writeString(note, "x".repeat(70_000));
    assertThat(drifted()).containsExactly("signature");
  }

  @Test
  void withoutASignOffNothingIsClaimed() {
    SignOffWatch none = watch(new SignOffSettings(null, null, Duration.ofMinutes(10)));

    assertThat(none.look().standing()).isEqualTo(new Standing.Unsigned());
    assertThat(none.parts().code().items()).containsOnlyKeys("server.jar", "lib/one.jar");
    assertThat(none.parts().register().items()).containsOnlyKeys("iso.yaml");
    assertThat(none.parts().configuration().items()).containsOnlyKeys("COFFERDAM_EDGE_BODYLIMIT");
    assertThat(none.parts().configuration().toString()).doesNotContain("1MB");
  }

  @Test
  void aSignOffWithoutAReviewerIsRefusedAtTheStart() {
    Path file = folder.resolve("sign-off.note");
    Duration usual = Duration.ofMinutes(10);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SignOffSettings(file, null, usual))
        .withMessageStartingWith("cofferdam.sign-off.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SignOffSettings(file, "no key", usual))
        .withMessageStartingWith("cofferdam.sign-off.reviewer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SignOffSettings(null, null, Duration.ofSeconds(1)))
        .withMessageStartingWith("cofferdam.sign-off.look-every");
  }
}
