package dev.cofferdam.node.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Kem;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.crypto.ReceivingKey;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.protocol.secret.SecretRead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that read secrets, against a server that answers as a test wants. */
class SecretReaderTest {
  private static final UUID TENANT = new UUID(0x019aad2e00007000L, 0x8000000000000001L);
  private static final UUID NODE = new UUID(0x019aad2e00007000L, 0x8000000000000002L);
  private static final UUID PROJECT = new UUID(0x019aad2e00007000L, 0x8000000000000004L);
  private static final String VALUE = "open sesame ü";

  @TempDir Path folder;

  private final KeyPair signing =
      CryptoProvider.jdk().generator(KeyAlgorithm.ED25519).generateKeyPair();
  private final NoteKey logKey =
      NoteKey.of(
          "example.com/tenant/" + TENANT,
          NoteKey.Use.NOTE,
          last32(signing.getPublic().getEncoded()));

  private HttpServer server;
  private ReceivingKey receiving;
  private String keyId = "";

  /** What is sealed, and what the answer says beside it. */
  private String sealedAs = "db-password";

  private long version = 3;
  private boolean withRecord = true;
  private String recorded = "db-password";
  private int status = 200;

  private static byte[] last32(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/oauth/token",
        exchange -> json(exchange, 200, "{\"access_token\":\"t\",\"expires_in\":300}"));
    server.createContext("/v1/secrets/" + PROJECT + "/db-password", this::secret);
    server.start();
    NodeHome home = NodeHome.at(folder.resolve("home"));
    try (NodeKeys keys = home.keysOrNew(Kem.X25519)) {
      keyId = keys.receivingKey().thumbprint();
      receiving =
          ReceivingKey.of(Base64.getUrlDecoder().decode(keys.receivingKey().members().get("x")))
              .orElseThrow();
    }
    home.write(
        new Identity(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            TENANT,
            NODE,
            "press"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private SecretAddress address(String name) {
    return new SecretAddress(TENANT, NODE, keyId, PROJECT, new SecretName(name), version);
  }

  private void secret(HttpExchange exchange) throws IOException {
    if (status != 200) {
      json(exchange, status, "{\"code\":\"not_found\",\"next\":\"Check the name.\"}");
      return;
    }
    byte[] sealed =
        SealedSecret.seal(
            CryptoProvider.best().hpke(), receiving, address(sealedAs), VALUE.getBytes(UTF_8));
    exchange.getResponseHeaders().set("Cofferdam-Key-Id", keyId);
    exchange.getResponseHeaders().set("Cofferdam-Secret-Version", Long.toString(version));
    if (withRecord) {
      byte[] record = record(sealed);
      exchange.getResponseHeaders().set("Cofferdam-Record", base64(record));
      exchange.getResponseHeaders().set("Cofferdam-Receipt", base64(receipt(record)));
    }
    exchange.sendResponseHeaders(200, sealed.length);
    exchange.getResponseBody().write(sealed);
    exchange.close();
  }

  private byte[] record(byte[] sealed) {
    return new AuditRecord(
            new UUID(7, 7),
            "tenant/" + TENANT,
            Instant.EPOCH,
            new Party("node", NODE.toString()),
            SecretRead.ACTION,
            new Party("secret", new UUID(8, 8).toString()),
            Outcome.DONE,
            null,
            null,
            SecretRead.details(address(recorded), sealed),
            null,
            null)
        .encode();
  }

  /** Of a log that has this record alone. */
  private byte[] receipt(byte[] record) {
    String text = new Checkpoint(logKey.name(), 1, Merkle.leaf(record)).text();
    Note note = new Note(text, List.of(logKey.sign(text, this::sign)));
    return new Receipt(0, List.of(), note).toString().getBytes(UTF_8);
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signer = CryptoProvider.jdk().signature(KeyAlgorithm.ED25519);
      signer.initSign(signing.getPrivate());
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void json(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length());
    exchange.getResponseBody().write(body.getBytes(UTF_8));
    exchange.close();
  }

  /** What a command came to. */
  private record Ended(int code, String out, String err) {}

  private Ended run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--home", folder + "/home", "--patience", "0"));
    all.addAll(Arrays.asList(arguments).subList(1, arguments.length));
    StringWriter err = new StringWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      int code =
          new CommandLine(arguments[0].equals("exec") ? new ExecCommand() : new SecretCommand())
              .setErr(new PrintWriter(err, true))
              .execute(all.toArray(String[]::new));
      return new Ended(code, out.toString(UTF_8), err.toString());
    } finally {
      System.setOut(before);
    }
  }

  private Ended secret(String... more) {
    List<String> all = new ArrayList<>(List.of("secret"));
    all.addAll(Arrays.asList(more));
    all.add(PROJECT + "/db-password");
    return run(all.toArray(String[]::new));
  }

  @Test
  void theValueAndNothingElseIsWritten() {
    assertThat(secret()).isEqualTo(new Ended(0, VALUE, ""));
    assertThat(secret("--log-key", logKey.toString())).isEqualTo(new Ended(0, VALUE, ""));
    assertThat(secret("--version-number", "3").code()).isZero();
  }

  @Test
  void whatIsNotWhatWasAskedForIsNotUsed() {
    sealedAs = "other";
    assertThat(secret()).extracting(Ended::code, Ended::out).containsExactly(5, "");
    sealedAs = "db-password";
    recorded = "other";
    assertThat(secret()).extracting(Ended::code, Ended::out).containsExactly(5, "");
    recorded = "db-password";
    assertThat(secret("--version-number", "2"))
        .extracting(Ended::code, Ended::out)
        .containsExactly(5, "");
  }

  @Test
  void withTheLogsKeyTheReceiptHasToHold() {
    KeyPair other = CryptoProvider.jdk().generator(KeyAlgorithm.ED25519).generateKeyPair();
    NoteKey another =
        NoteKey.of(logKey.name(), NoteKey.Use.NOTE, last32(other.getPublic().getEncoded()));

    assertThat(secret("--log-key", another.toString()))
        .extracting(Ended::code, Ended::out)
        .containsExactly(5, "");
    withRecord = false;
    assertThat(secret("--log-key", logKey.toString()).code()).isEqualTo(5);
    assertThat(secret().code()).isZero();
  }

  @Test
  void whatIsRefusedOrUnreachableOrMisspeltHasACodeOfItsOwn() {
    status = 404;
    assertThat(secret().code()).isEqualTo(1);
    assertThat(secret().err()).contains("Check the name.");
    assertThat(run("secret", "db-password").code()).isEqualTo(2);
    server.stop(0);
    assertThat(secret().code()).isEqualTo(3);
    assertThat(run("exec", "--env", "A=" + PROJECT + "/db-password", "--", "true").code())
        .isEqualTo(125);
  }

  private Path kept() {
    return folder.resolve("home/sealed/" + PROJECT + ".db-password");
  }

  /** As if it had come so many seconds before. */
  private void age(long seconds) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(kept()));
    lines.set(1, Long.toString(Long.parseLong(lines.get(1)) - seconds));
    Files.write(kept(), lines);
  }

  @Test
  void whatWasKeptIsUsedForAWhileWhenTheServerIsAwayAndIsSealedUntilThen() throws IOException {
    assertThat(secret().code()).isZero();
    assertThat(kept()).doesNotExist();
    assertThat(secret("--offline-for", "600", "--log-key", logKey.toString()).out())
        .isEqualTo(VALUE);
    assertThat(Files.getPosixFilePermissions(kept()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(kept().getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.readString(kept())).doesNotContain("sesame");
    server.stop(0);

    Ended offline = secret("--offline-for", "600", "--log-key", logKey.toString());
    assertThat(offline.code()).as(offline.err()).isZero();
    assertThat(offline.out()).isEqualTo(VALUE);
    assertThat(offline.err()).contains("cannot be reached");
    assertThat(secret().code()).isEqualTo(3);
    assertThat(secret("--offline-for", "600", "--version-number", "3").code()).isEqualTo(3);
    age(601);
    assertThat(secret("--offline-for", "600"))
        .extracting(Ended::code, Ended::out)
        .containsExactly(6, "");
    assertThat(secret("--offline-for", "900").code()).isZero();
    age(-2_000);
    assertThat(secret("--offline-for", "600").code()).as("from days to come").isEqualTo(6);
  }

  @Test
  void whatWasKeptIsNotUsedForAnythingElseNorOnceTheServerRefuses() throws IOException {
    secret("--offline-for", "600");
    secret("--offline-for", "600", "--version-number", "3");
    Path ofThree = kept().resolveSibling(kept().getFileName() + ".3");
    Path ofTwo = kept().resolveSibling(kept().getFileName() + ".2");
    Files.copy(ofThree, ofTwo);
    status = 404;
    assertThat(secret("--offline-for", "600").code()).isEqualTo(1);
    assertThat(kept()).doesNotExist();
    server.stop(0);

    assertThat(secret("--offline-for", "600", "--version-number", "3").out()).isEqualTo(VALUE);
    assertThat(secret("--offline-for", "600", "--version-number", "2"))
        .extracting(Ended::code, Ended::out)
        .containsExactly(5, "");
    List<String> lines = new ArrayList<>(Files.readAllLines(ofThree));
    lines.set(6, lines.get(6).replaceFirst("^..", "AA"));
    Files.write(ofThree, lines);
    assertThat(secret("--offline-for", "600", "--version-number", "3").code()).isEqualTo(5);
    Files.writeString(ofThree, "nothing");
    assertThat(secret("--offline-for", "600", "--version-number", "3").code()).isEqualTo(3);
  }

  @Test
  void whatWasSealedToFormerKeysIsAsIfNothingWereKept() throws IOException {
    secret("--offline-for", "600");
    server.stop(0);
    NodeHome home = NodeHome.at(folder.resolve("home"));
    home.makeNext(Kem.X25519).close();
    home.promoteNext();

    assertThat(secret("--offline-for", "600").code()).isEqualTo(3);
  }

  @Test
  void aCommandHasItInItsEnvironmentOrInAFileInMemoryThatGoesWithIt() throws IOException {
    String script =
        "printf %s \"$A\" > "
            + folder
            + "/a; cat \"$B\" > "
            + folder
            + "/b; printf %s \"$B\" > "
            + folder
            + "/path; stat -c %a \"$B\" > "
            + folder
            + "/mode; exit 7";

    Ended ended =
        run(
            "exec",
            "--env",
            "A=" + PROJECT + "/db-password",
            "--file",
            "B=" + PROJECT + "/db-password",
            "--",
            "sh",
            "-c",
            script);

    assertThat(ended.code()).as(ended.err()).isEqualTo(7);
    assertThat(Files.readString(folder.resolve("a"))).isEqualTo(VALUE);
    assertThat(Files.readString(folder.resolve("b"))).isEqualTo(VALUE);
    assertThat(Files.readString(folder.resolve("mode")).strip()).isEqualTo("600");
    Path file = Path.of(Files.readString(folder.resolve("path")));
    assertThat(file).startsWithRaw(Path.of("/dev/shm")).doesNotExist();
    assertThat(file.getParent()).doesNotExist();
    assertThat(run("exec", "--env", "A/B=" + PROJECT + "/db-password", "--", "true").code())
        .isEqualTo(2);
  }
}
