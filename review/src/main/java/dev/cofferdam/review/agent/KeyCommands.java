package dev.cofferdam.review.agent;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the server does with keys: seals and opens columns, and reads the root key at start. */
final class KeyCommands {
  private static final String KEYRING = "dev.cofferdam.server.keyring.";

  private KeyCommands() {}

  /** Scope, column, row, version and text; answers with the ciphertext in hex. */
  static List<@Nullable String> seal(List<String> words) throws Exception {
    byte[] text = words.get(4).getBytes(StandardCharsets.UTF_8);
    byte[] sealed =
        ServerScopes.in(
            ServerScopes.of(words.getFirst()),
            () ->
                (byte[]) Reflected.call(Captured.newest(Seams.CIPHER), "seal", cell(words), text));
    return one(HexFormat.of().formatHex(sealed));
  }

  /**
   * Scope, column, row, version, a ciphertext in hex and the text it may hold; answers with that
   * text when it opens and holds it, and with nothing when it does not open.
   */
  static List<@Nullable String> open(List<String> words) throws Exception {
    byte[] sealed = HexFormat.of().parseHex(words.get(4));
    Object opening =
        ServerScopes.in(
            ServerScopes.of(words.getFirst()),
            () -> Reflected.call(Captured.newest(Seams.CIPHER), "open", cell(words), sealed));
    if (!opening.getClass().getSimpleName().equals("Opened")) {
      return new ArrayList<>();
    }
    byte[] text = words.get(5).getBytes(StandardCharsets.UTF_8);
    Object plaintext = Reflected.call(opening, "plaintext");
    return one(Reflected.call(plaintext, "matches", text).equals(true) ? words.get(5) : "else");
  }

  /** A file; answers when the server would start with the root key in it. */
  static List<@Nullable String> rootKey(List<String> words) {
    Class<?> type = Reflected.type(KEYRING + "RootKey");
    Object refuse =
        Reflected.callStatic(Reflected.type(KEYRING + "RootKey$IfAbsent"), "valueOf", "REFUSE");
    try (AutoCloseable key =
        (AutoCloseable) Reflected.callStatic(type, "open", Path.of(words.getFirst()), refuse)) {
      return one(key.toString());
    } catch (RuntimeException refused) {
      throw refused;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /**
   * The scope of a tenant, the purpose of a ring and the person it belongs to, or nothing; destroys
   * the ring.
   */
  static List<@Nullable String> destroy(List<String> words) throws Exception {
    Object ring = ring(words.get(0), words.get(1), words.get(2));
    return one(
        ServerScopes.in(
                ServerScopes.of(words.getFirst()),
                () -> Reflected.call(Captured.newest(Seams.KEYS), "destroyAll", ring))
            .toString());
  }

  /**
   * The scope of a tenant and the purpose of a ring; answers with the bytes of its newest key in
   * hex, each bit turned around, so that the answer itself is not what is looked for.
   */
  static List<@Nullable String> turned(List<String> words) throws Exception {
    Object ring = ring(words.get(0), words.get(1), "");
    byte[] turned =
        ServerScopes.in(
            ServerScopes.of(words.getFirst()),
            () -> {
              try (AutoCloseable key =
                  (AutoCloseable) Reflected.call(Captured.newest(Seams.KEYS), "active", ring)) {
                Object cell = Reflected.field(Reflected.field(key, "secret"), "cell");
                return Captured.turned((byte[]) Reflected.call(cell, "copy"));
              }
            });
    return one(HexFormat.of().formatHex(turned));
  }

  /** A ring of a tenant, or of a person in it. */
  static Object ring(String scope, String purpose, String subject) {
    Object tenant = ServerScopes.tenant(scope.split(" ", 2)[1]);
    Object keyPurpose =
        Reflected.callStatic(Reflected.type(KEYRING + "KeyPurpose"), "valueOf", purpose);
    return subject.isEmpty()
        ? Reflected.make(Reflected.type(KEYRING + "Ring$OfTenant"), tenant, keyPurpose)
        : Reflected.make(
            Reflected.type(KEYRING + "Ring$OfSubject"),
            tenant,
            UUID.fromString(subject),
            keyPurpose);
  }

  private static Object cell(List<String> words) {
    return Reflected.make(
        Reflected.type(KEYRING + "ColumnCipher$Cell"),
        words.get(1),
        UUID.fromString(words.get(2)),
        Long.parseLong(words.get(3)));
  }

  private static List<@Nullable String> one(String text) {
    List<@Nullable String> answer = new ArrayList<>();
    answer.add(text);
    return answer;
  }
}
