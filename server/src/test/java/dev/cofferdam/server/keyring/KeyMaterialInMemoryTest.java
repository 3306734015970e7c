package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.keyring.RootKey.IfAbsent;
import dev.cofferdam.server.tenancy.TenantId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches real heap dumps of a JVM that has read the root key, wrapped and opened keys, and
 * encrypted and signed with them (KEY-03, AUD-06).
 *
 * <p>What is promised: nothing that is reachable holds a key in the heap, not even while it is in
 * use. What is not: the garbage that the JDK's ciphers leave until it is collected, and the memory
 * of the whole process, which a core dump has.
 */
class KeyMaterialInMemoryTest {
  private static final UUID TENANT = new UUID(1, 2);
  private static final Instant NOW = Instant.EPOCH;
  private static final byte[] PLAINTEXT = "a plaintext to be found".getBytes(UTF_8);

  @TempDir Path directory;

  @BeforeEach
  void privateDirectory() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void heapDumpsContainNoKey() throws Exception {
    Map<String, byte[]> secrets = secrets();
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                InUse.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();

    assertThat(found("in-use.hprof", Map.of("canary", "heap search canary".getBytes(US_ASCII))))
        .as("what is in the heap is found")
        .isNotEmpty();
    assertThat(found("in-use.hprof", secrets)).as("while keys are open").isEmpty();
    assertThat(found("closed.hprof", secrets)).as("after they are closed").isEmpty();
  }

  /** Keys that this test knows and hands over as files. */
  private Map<String, byte[]> secrets() throws Exception {
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    try (RootKey root = RootKey.open(directory.resolve("root.key"), IfAbsent.CREATE)) {
      secrets.put("binding key", root.binding(1));
      secrets.put("role password", root.rolePassword("cofferdam_app").getBytes(US_ASCII));
    }
    byte[] text = Files.readAllBytes(directory.resolve("root.key"));
    byte[] encoded = Arrays.copyOfRange(text, text.length - 44, text.length - 1);
    secrets.put("root key as text", encoded);
    secrets.put("root key", Base64.getUrlDecoder().decode(encoded));
    byte[] data = new byte[32];
    new SecureRandom().nextBytes(data);
    secrets.put("data key", data);
    Files.write(directory.resolve("data"), data);
    byte[] event =
        CryptoProvider.best()
            .generator(KeyAlgorithm.ED25519)
            .generateKeyPair()
            .getPrivate()
            .getEncoded();
    secrets.put("signing key", Arrays.copyOfRange(event, event.length - 32, event.length));
    Files.write(directory.resolve("event"), event);
    PrivateKey token =
        CryptoProvider.best().generator(KeyAlgorithm.P256).generateKeyPair().getPrivate();
    byte[] scalar = ((ECPrivateKey) token).getS().toByteArray();
    // Without what a sign or a zero byte at its beginning makes of its length.
    secrets.put(
        "token key", Arrays.copyOfRange(scalar, Math.max(0, scalar.length - 31), scalar.length));
    Files.write(directory.resolve("token"), token.getEncoded());
    return secrets;
  }

  private List<String> found(String dump, Map<String, byte[]> secrets) throws IOException {
    byte[] heap = Files.readAllBytes(directory.resolve(dump));
    assertThat(heap.length).as("a heap dump was written").isGreaterThan(1 << 20);
    List<String> found = new ArrayList<>();
    secrets.forEach(
        (name, secret) -> {
          // Half of it suffices: nobody needs to find the rest.
          if (contains(heap, Arrays.copyOf(secret, secret.length / 2))) {
            found.add(name);
          }
        });
    return found;
  }

  private static boolean contains(byte[] heap, byte[] part) {
    for (int i = 0; i <= heap.length - part.length; i++) {
      if (heap[i] == part[0] && Arrays.equals(heap, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  /** A server's use of keys, in a JVM of its own. */
  static final class InUse {
    private InUse() {}

    public static void main(String[] args) throws Exception {
      Path directory = Path.of(args[0]);
      byte[] canary = "heap search canary".getBytes(US_ASCII);
      try (RootKey root = RootKey.open(directory.resolve("root.key"), IfAbsent.REFUSE);
          Wrapping wrapping = new Wrapping(root);
          RingKey data = ringKey(wrapping, directory.resolve("data"), KeyPurpose.DATA);
          RingKey event = ringKey(wrapping, directory.resolve("event"), KeyPurpose.EVENT);
          RingKey token = ringKey(wrapping, directory.resolve("token"), KeyPurpose.ACCESS_TOKEN)) {
        Arrays.fill(root.binding(1), (byte) 0);
        byte[] sealed = data.seal(PLAINTEXT, PLAINTEXT);
        data.open(PLAINTEXT, sealed);
        for (int time = 0; time < 2; time++) {
          event.sign(PLAINTEXT);
          token.sign(PLAINTEXT);
        }
        dump(directory.resolve("in-use.hprof"));
        System.out.println(root + " " + data + " " + event + " " + token + " " + canary.length);
      }
      dump(directory.resolve("closed.hprof"));
    }

    /** Wraps what the file holds, and opens it again as it would come from the database. */
    private static RingKey ringKey(Wrapping wrapping, Path file, KeyPurpose purpose)
        throws IOException {
      Ring ring =
          purpose.holder() == KeyPurpose.Holder.PLATFORM
              ? new Ring.OfPlatform(purpose)
              : new Ring.OfTenant(new TenantId(TENANT), purpose);
      KeyInfo info = new KeyInfo(KeyId.random(), purpose, 1, KeyState.ACTIVE, NOW, NOW);
      byte[] wrapped;
      try (SecretBytes secret = SecretBytes.takenFrom(Files.readAllBytes(file))) {
        wrapped = wrapping.wrap(ring, info.id(), 1, secret, null);
      }
      return new RingKey(info, wrapping.unwrap(ring, info.id(), 1, wrapped, null), null);
    }

    private static void dump(Path file) throws IOException {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(file.toString(), Boolean.parseBoolean(System.getProperty("live", "true")));
    }
  }
}
