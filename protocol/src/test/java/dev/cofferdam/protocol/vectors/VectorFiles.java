package dev.cofferdam.protocol.vectors;

import dev.cofferdam.protocol.crypto.VectorHpke;
import dev.cofferdam.protocol.log.ConsistencyProof;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Succession;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Every file of the vectors, by its path. */
final class VectorFiles {
  private static final Instant SEEN = Instant.parse("2026-11-22T18:00:00Z");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final VectorLog log = new VectorLog();
  private final Map<String, byte[]> files = new TreeMap<>();

  private VectorFiles() {}

  static Map<String, byte[]> all() {
    VectorFiles vectors = new VectorFiles();
    vectors.keys();
    vectors.records();
    vectors.log();
    vectors.proofs();
    vectors.receipts();
    vectors.notes();
    vectors.successions();
    vectors.secrets();
    return vectors.files;
  }

  private void keys() {
    for (VectorKey key : VectorKey.values()) {
      json(
          "keys/" + key.name().toLowerCase(java.util.Locale.ROOT) + ".json",
          ordered("public", key.key().toString(), "private_seed_hex", key.seed()));
    }
  }

  private void records() {
    List<Object> good = new ArrayList<>();
    VectorRecords.good()
        .forEach(
            (name, record) ->
                good.add(
                    ordered(
                        "name",
                        name,
                        "encoding",
                        new String(record.encode(), StandardCharsets.UTF_8),
                        "leaf_hash_hex",
                        Merkle.leaf(record.encode()).toString())));
    List<Object> bad = new ArrayList<>();
    VectorRecords.refused()
        .forEach((why, encoding) -> bad.add(ordered("why", why, "encoding", encoding)));
    json("records.json", ordered("records", good, "refused", bad));
  }

  private void log() {
    for (Tile tile : Tile.added(0, VectorLog.SIZE)) {
      files.put("log/" + tile.path(), log.content(tile));
    }
    text("log/checkpoint", log.note(VectorLog.SIZE).toString());
    for (int size : new int[] {0, 1, 7, 255, 256, 257}) {
      text("checkpoints/" + size, log.note(size).toString());
    }
    text("checkpoints/cosigned-260", log.cosigned(VectorLog.SIZE, SEEN).toString());
  }

  private void proofs() {
    List<Object> inclusion = new ArrayList<>();
    for (int[] at :
        new int[][] {
          {0, 1}, {0, 2}, {2, 3}, {6, 7}, {3, 7}, {255, 256}, {256, 257}, {42, 260}, {259, 260}
        }) {
      InclusionProof proof = log.inclusion(at[0], at[1]);
      inclusion.add(
          ordered(
              "index", proof.index(),
              "size", proof.size(),
              "leaf_hash", Merkle.leaf(log.entry(at[0])).base64(),
              "root", log.root(at[1]).base64(),
              "path", base64(proof.path())));
    }
    List<Object> consistency = new ArrayList<>();
    for (int[] at :
        new int[][] {
          {0, 7}, {1, 1}, {1, 2}, {3, 7}, {4, 7}, {6, 8}, {255, 256}, {256, 260}, {257, 260}
        }) {
      ConsistencyProof proof = log.consistency(at[0], at[1]);
      consistency.add(
          ordered(
              "first", proof.first(),
              "second", proof.second(),
              "first_root", log.root(at[0]).base64(),
              "second_root", log.root(at[1]).base64(),
              "path", base64(proof.path())));
    }
    json("proofs.json", ordered("inclusion", inclusion, "consistency", consistency));
  }

  private void receipts() {
    String good = log.receipt(42, log.note(VectorLog.SIZE), VectorLog.SIZE).toString();
    String cosigned =
        log.receipt(42, log.cosigned(VectorLog.SIZE, SEEN), VectorLog.SIZE).toString();
    files.put("receipts/record-42", log.entry(42));
    files.put("receipts/record-43", log.entry(43));
    text("receipts/good", good);
    text("receipts/good-cosigned", cosigned);
    text("receipts/not-included-other-index", good.replace("index 42\n", "index 43\n"));
    text("receipts/not-included-other-path", withFirstHash(good, log.root(3)));
    text("receipts/not-signed", good.replace("\n260\n", "\n259\n"));
    text("receipts/malformed-index", good.replace("index 42\n", "index 042\n"));
    text("receipts/malformed-cut", good.substring(0, good.length() - 10));
    text("receipts/malformed-header", good.replace("tlog-proof@v1", "tlog-proof@v2"));
  }

  private static String withFirstHash(String receipt, Hash hash) {
    List<String> lines = new ArrayList<>(receipt.lines().toList());
    lines.set(2, hash.base64());
    return String.join("\n", lines) + "\n";
  }

  private void notes() {
    String good = log.cosigned(VectorLog.SIZE, SEEN).toString();
    json(
        "notes.json",
        ordered(
            "forged",
            List.of(
                ordered("why", "another size", "note", good.replace("\n260\n", "\n261\n")),
                ordered(
                    "why",
                    "another origin",
                    "note",
                    good.replaceFirst("example.com/tenant/", "example.org/tenant/"))),
            "malformed",
            List.of(
                ordered("why", "no signature", "note", good.substring(0, good.indexOf("\n\n") + 2)),
                ordered("why", "hyphen for em dash", "note", good.replace("— ", "- ")),
                ordered("why", "no newline at the end", "note", good.stripTrailing()),
                ordered("why", "tab in the text", "note", good.replaceFirst("\n260", "\n\t260")),
                ordered("why", "base64 that is not canonical", "note", notCanonical(good))),
            "not_checkpoints",
            List.of(
                ordered("why", "size with a leading zero", "text", "example.com/x\n01\n" + root()),
                ordered("why", "negative size", "text", "example.com/x\n-1\n" + root()),
                ordered("why", "extension line", "text", "example.com/x\n1\n" + root() + "more\n"),
                ordered("why", "short root", "text", "example.com/x\n1\nAAAA\n"),
                ordered("why", "no origin", "text", "\n1\n" + root()))));
  }

  private void successions() {
    byte[] text = Succession.text(VectorLog.NAME, VectorKey.SUCCESSOR.raw());
    Map<String, String> good = succession(VectorKey.SUCCESSOR, VectorKey.LOG.sign(text)).details();
    Map<String, String> itself =
        succession(VectorKey.SUCCESSOR, VectorKey.SUCCESSOR.sign(text)).details();
    Map<String, String> another = succession(VectorKey.WITNESS, VectorKey.LOG.sign(text)).details();
    Map<String, String> elsewhere =
        succession(
                VectorKey.SUCCESSOR,
                VectorKey.LOG.sign(Succession.text("platform", VectorKey.SUCCESSOR.raw())))
            .details();
    Map<String, String> cut = new TreeMap<>(good);
    cut.put("endorsement", "AAAA");
    json(
        "successions.json",
        ordered(
            "log",
            VectorLog.NAME,
            "signed_text",
            new String(text, StandardCharsets.UTF_8),
            "good",
            new TreeMap<>(good),
            "refused",
            List.of(
                ordered("why", "the successor endorses itself", "details", new TreeMap<>(itself)),
                ordered("why", "another successor", "details", new TreeMap<>(another)),
                ordered("why", "endorsed for another log", "details", new TreeMap<>(elsewhere)),
                ordered("why", "cut", "details", cut),
                ordered("why", "none", "details", new TreeMap<>()))));
  }

  private static Succession succession(VectorKey successor, byte[] endorsement) {
    return new Succession(VectorLog.NAME, successor.raw(), endorsement);
  }

  private String root() {
    return log.root(1).base64() + "\n";
  }

  /** The last signature's bits that its padding leaves unused, set: the same bytes, other text. */
  private static String notCanonical(String note) {
    int padding = note.lastIndexOf("=\n");
    while (note.charAt(padding - 1) == '=') {
      padding--;
    }
    char last = note.charAt(padding - 1);
    return note.substring(0, padding - 1) + (char) (last + 1) + note.substring(padding);
  }

  /** Secrets as they travel, and all that must not open. */
  private void secrets() {
    List<Object> sealed = new ArrayList<>();
    VectorSecrets.good()
        .forEach(
            (what, secret) ->
                sealed.add(
                    ordered(
                        "what", what,
                        "address", address(secret.address()),
                        "value_hex", hex(secret.value()),
                        "sealed_hex", hex(secret.bytes()),
                        "digest", SealedSecret.digest(secret.bytes()))));
    List<Object> elsewhere = new ArrayList<>();
    VectorSecrets.elsewhere()
        .forEach((why, address) -> elsewhere.add(ordered("why", why, "address", address(address))));
    List<Object> spoilt = new ArrayList<>();
    VectorSecrets.spoilt()
        .forEach((why, bytes) -> spoilt.add(ordered("why", why, "sealed_hex", hex(bytes))));
    json(
        "secrets.json",
        ordered(
            "private_hex",
            VectorSecrets.NODE_PRIVATE,
            "public_hex",
            VectorSecrets.NODE_PUBLIC,
            "ephemeral_hex",
            VectorSecrets.EPHEMERAL,
            "sealed",
            sealed,
            "first_refused_for",
            elsewhere,
            "first_refused_as",
            spoilt,
            "x_wing",
            ordered(
                "private_hex",
                hex(VectorHpke.xWingPrivate()),
                "public_hex",
                hex(VectorHpke.xWingPublic()),
                "address",
                address(VectorSecrets.addressOfXWing()),
                "value_hex",
                hex("correct horse battery staple".getBytes(StandardCharsets.UTF_8)),
                "sealed_hex",
                hex(VectorSecrets.sealedByXWing()))));
  }

  private static Map<String, Object> address(SecretAddress address) {
    return ordered(
        "tenant", address.tenant().toString(),
        "node", address.node().toString(),
        "key", address.keyId(),
        "project", address.project().toString(),
        "name", address.name().text(),
        "version", address.version());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static List<String> base64(List<Hash> path) {
    return path.stream().map(Hash::bytes).map(Base64.getEncoder()::encodeToString).toList();
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      members.put((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return members;
  }

  private void json(String path, Object value) {
    text(path, JSON.writeValueAsString(value).replace("\r\n", "\n") + "\n");
  }

  private void text(String path, String text) {
    files.put(path, text.getBytes(StandardCharsets.UTF_8));
  }
}
