package dev.cofferdam.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.crypto.Hpke;
import dev.cofferdam.protocol.crypto.Kem;
import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.protocol.jose.PublicJwk;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.ConsistencyProof;
import dev.cofferdam.protocol.log.EntryTile;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.log.Succession;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.protocol.secret.SecretName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vectors are what the code gives, and the code does with them what their README says. To write
 * them anew, run this test with {@code -Dwrite.docs}; a change of a vector that was released is a
 * change of the format.
 */
class VectorsTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/cofferdam/protocol/vectors");
  private static final NoteKey KEY = VectorKey.LOG.key();

  @Test
  void theFilesAreWhatTheCodeGives() throws IOException {
    Map<String, byte[]> wanted = VectorFiles.all();
    if (System.getProperty("write.docs") != null) {
      for (Map.Entry<String, byte[]> file : wanted.entrySet()) {
        Path path = FOLDER.resolve(file.getKey());
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.write(path, file.getValue());
      }
    }

    Map<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(FOLDER.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    found.remove("README.md");
    assertThat(found.keySet()).isEqualTo(wanted.keySet());
    wanted.forEach((path, content) -> assertThat(found.get(path)).as(path).isEqualTo(content));
  }

  @Test
  void recordsAreReadOrRefused() throws IOException {
    JsonNode records = json("records.json");
    for (JsonNode vector : records.get("records")) {
      byte[] encoding = vector.get("encoding").stringValue().getBytes(StandardCharsets.UTF_8);

      assertThat(AuditRecord.decode(encoding).encode()).isEqualTo(encoding);
      assertThat(Merkle.leaf(encoding)).hasToString(vector.get("leaf_hash_hex").stringValue());
    }
    assertThat(records.get("refused")).hasSizeGreaterThan(20);
    for (JsonNode vector : records.get("refused")) {
      byte[] encoding = vector.get("encoding").stringValue().getBytes(StandardCharsets.UTF_8);

      assertThatIllegalArgumentException()
          .as(vector.get("why").stringValue())
          .isThrownBy(() -> AuditRecord.decode(encoding));
    }
  }

  @Test
  void theLogGivesItsCheckpoints() throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (long at = 0; at < VectorLog.SIZE; at += Tile.FULL) {
      Tile tile = Tile.ofEntry(at, VectorLog.SIZE);
      entries.addAll(
          EntryTile.decode(tile, Files.readAllBytes(FOLDER.resolve("log/" + tile.path()))));
    }
    Frontier tree = new Frontier();
    for (int size = 0; size <= entries.size(); size++) {
      Path file = FOLDER.resolve("checkpoints/" + size);
      if (Files.exists(file)) {
        assertThat(checkpoint(Files.readString(file)))
            .isEqualTo(new Checkpoint(KEY.name(), size, tree.root()));
      }
      if (size < entries.size()) {
        tree.append(Merkle.leaf(entries.get(size)));
      }
    }
    assertThat(checkpoint(text("log/checkpoint")).root()).isEqualTo(tree.root());
    assertThat(
            VectorKey.WITNESS
                .key()
                .check(Note.parse(text("checkpoints/cosigned-260")), Ed25519::verify))
        .isEqualTo(new NoteKey.Check.Cosigned(Instant.parse("2026-11-22T18:00:00Z")));
  }

  @Test
  void proofsProveWhatTheySayAndNothingElse() throws IOException {
    JsonNode proofs = json("proofs.json");
    for (JsonNode vector : proofs.get("inclusion")) {
      var proof =
          new InclusionProof(
              vector.get("index").longValue(), vector.get("size").longValue(), path(vector));
      Hash root = hash(vector, "root");

      assertThat(proof.proves(hash(vector, "leaf_hash"), root)).isTrue();
      assertThat(proof.proves(Merkle.leaf(new byte[0]), root)).isFalse();
    }
    for (JsonNode vector : proofs.get("consistency")) {
      var proof =
          new ConsistencyProof(
              vector.get("first").longValue(), vector.get("second").longValue(), path(vector));
      Hash first = hash(vector, "first_root");

      assertThat(proof.proves(first, hash(vector, "second_root"))).isTrue();
      // The empty tree is the beginning of every tree.
      assertThat(proof.proves(first, Merkle.leaf(new byte[0]))).isEqualTo(proof.first() == 0);
    }
  }

  @Test
  void receiptsAreWorthWhatTheirNamesSay() throws IOException {
    byte[] record = Files.readAllBytes(FOLDER.resolve("receipts/record-42"));
    byte[] other = Files.readAllBytes(FOLDER.resolve("receipts/record-43"));
    for (String name : names("receipts")) {
      if (name.startsWith("good")) {
        assertThat(check(name, record)).isInstanceOf(Receipt.Check.Included.class);
        assertThat(check(name, other)).isEqualTo(new Receipt.Check.NotIncluded());
      } else if (name.startsWith("not-included")) {
        assertThat(check(name, record)).isEqualTo(new Receipt.Check.NotIncluded());
      } else if (name.startsWith("not-signed")) {
        assertThat(check(name, record)).isEqualTo(new Receipt.Check.NotSigned());
      } else if (name.startsWith("malformed")) {
        assertThatIllegalArgumentException().as(name).isThrownBy(() -> check(name, record));
      } else {
        assertThat(name).startsWith("record-");
      }
    }
  }

  @Test
  void notesAreForgedOrMalformedAsTheySay() throws IOException {
    JsonNode notes = json("notes.json");
    for (JsonNode vector : notes.get("forged")) {
      Note note = Note.parse(vector.get("note").stringValue());

      assertThat(KEY.check(note, Ed25519::verify)).isEqualTo(new NoteKey.Check.Forged());
      assertThat(VectorKey.WITNESS.key().check(note, Ed25519::verify))
          .isEqualTo(new NoteKey.Check.Forged());
    }
    for (JsonNode vector : notes.get("malformed")) {
      assertThatIllegalArgumentException()
          .as(vector.get("why").stringValue())
          .isThrownBy(() -> Note.parse(vector.get("note").stringValue()));
    }
    for (JsonNode vector : notes.get("not_checkpoints")) {
      assertThatIllegalArgumentException()
          .as(vector.get("why").stringValue())
          .isThrownBy(() -> Checkpoint.parse(vector.get("text").stringValue()));
    }
  }

  @Test
  void aSuccessionIsWorthTheOldKeysSignature() throws IOException {
    JsonNode successions = json("successions.json");
    String log = successions.get("log").stringValue();
    Succession good = Succession.in(log, details(successions.get("good"))).orElseThrow();

    assertThat(good.from(KEY, Ed25519::verify).orElseThrow())
        .hasToString(VectorKey.SUCCESSOR.key().toString());
    assertThat(good.from(VectorKey.SUCCESSOR.key(), Ed25519::verify)).isEmpty();
    assertThat(Succession.in("platform", good.details()).orElseThrow().from(KEY, Ed25519::verify))
        .isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checkpoint.parse(successions.get("signed_text").stringValue()));
    for (JsonNode vector : successions.get("refused")) {
      assertThat(Succession.in(log, details(vector.get("details"))))
          .as(vector.get("why").stringValue())
          .matches(found -> found.flatMap(it -> it.from(KEY, Ed25519::verify)).isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void sealedSecretsOpenForWhatTheyAreAndForNothingElse(CryptoProvider provider)
      throws IOException {
    JsonNode secrets = json("secrets.json");
    try (SecretBytes key = SecretBytes.takenFrom(hex(secrets, "private_hex"))) {
      for (JsonNode vector : secrets.get("sealed")) {
        byte[] sealed = hex(vector, "sealed_hex");

        assertThat(SealedSecret.open(provider.hpke(), key, address(vector), sealed))
            .isInstanceOfSatisfying(
                Opening.Opened.class,
                opened ->
                    assertThat(opened.plaintext().matches(hex(vector, "value_hex"))).isTrue());
        assertThat(SealedSecret.digest(sealed)).isEqualTo(vector.get("digest").stringValue());
      }
      JsonNode first = secrets.get("sealed").get(0);
      for (JsonNode vector : secrets.get("first_refused_for")) {
        assertThat(
                SealedSecret.open(provider.hpke(), key, address(vector), hex(first, "sealed_hex")))
            .as(vector.get("why").stringValue())
            .isEqualTo(new Opening.Refused());
      }
      for (JsonNode vector : secrets.get("first_refused_as")) {
        assertThat(
                SealedSecret.open(provider.hpke(), key, address(first), hex(vector, "sealed_hex")))
            .as(vector.get("why").stringValue())
            .isEqualTo(new Opening.Refused());
      }
    }
  }

  @Test
  void whatIsSealedByXWingOpensWithItsKeyAndAsNothingElse() throws IOException {
    JsonNode vector = json("secrets.json").get("x_wing");
    byte[] sealed = hex(vector, "sealed_hex");
    Hpke hpke = CryptoProvider.best().hpke();
    assertThat(address(vector).keyId())
        .isEqualTo(PublicJwk.ofReceiving(hex(vector, "public_hex")).thumbprint());
    try (SecretBytes key = SecretBytes.takenFrom(hex(vector, "private_hex"))) {
      assertThat(SealedSecret.open(hpke, Kem.X_WING, key, address(vector), sealed))
          .isInstanceOfSatisfying(
              Opening.Opened.class,
              opened -> assertThat(opened.plaintext().matches(hex(vector, "value_hex"))).isTrue());
      assertThat(SealedSecret.open(hpke, Kem.X25519, key, address(vector), sealed))
          .isEqualTo(new Opening.Refused());
      assertThat(SealedSecret.open(hpke, Kem.X_WING, key, VectorSecrets.ADDRESS, sealed))
          .isEqualTo(new Opening.Refused());
    }
  }

  static Stream<CryptoProvider> providers() {
    return Stream.of(CryptoProvider.best(), CryptoProvider.jdk());
  }

  private static SecretAddress address(JsonNode vector) {
    JsonNode address = vector.get("address");
    return new SecretAddress(
        UUID.fromString(address.get("tenant").stringValue()),
        UUID.fromString(address.get("node").stringValue()),
        address.get("key").stringValue(),
        UUID.fromString(address.get("project").stringValue()),
        new SecretName(address.get("name").stringValue()),
        address.get("version").longValue());
  }

  private static byte[] hex(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.get(field).stringValue());
  }

  private static Map<String, String> details(JsonNode node) {
    Map<String, String> details = new TreeMap<>();
    node.forEachEntry((name, value) -> details.put(name, value.stringValue()));
    return details;
  }

  private static Receipt.Check check(String name, byte[] record) throws IOException {
    return Receipt.parse(text("receipts/" + name)).check(record, KEY.name(), KEY, Ed25519::verify);
  }

  private static Checkpoint checkpoint(String text) {
    Note note = Note.parse(text);
    assertThat(KEY.check(note, Ed25519::verify)).isEqualTo(new NoteKey.Check.Signed());
    return Checkpoint.parse(note.text());
  }

  private static List<Hash> path(JsonNode vector) {
    List<Hash> path = new ArrayList<>();
    vector
        .get("path")
        .forEach(hash -> path.add(Hash.of(Base64.getDecoder().decode(hash.stringValue()))));
    return path;
  }

  private static Hash hash(JsonNode vector, String name) {
    return Hash.of(Base64.getDecoder().decode(vector.get(name).stringValue()));
  }

  private static List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static JsonNode json(String name) throws IOException {
    return JsonMapper.shared().readTree(text(name));
  }

  private static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }
}
