package dev.cofferdam.review.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Secrets that are looked for among bytes, all of them in one pass, each in every form that a file
 * or a text may have it in: as it is, in hex, in Base64 wherever it begins there, in JSON.
 */
final class Wanted {
  /** Fewer are found by chance. */
  private static final int LEAST = 8;

  private static final int BASE64_GROUP = 3;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonMapper ASCII_JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Set<String> names = new LinkedHashSet<>();
  private final Map<Integer, List<Form>> byBeginning = new HashMap<>();
  private final BitSet beginnings = new BitSet(1 << 16);

  private record Form(String name, byte[] bytes) {}

  /** Has these bytes be looked for under this name. */
  Wanted and(String name, byte[] secret) {
    names.add(name);
    add(name, secret);
    add(name, HexFormat.of().formatHex(secret).getBytes(US_ASCII));
    add(name, HexFormat.of().withUpperCase().formatHex(secret).getBytes(US_ASCII));
    for (int before = 0; before < BASE64_GROUP; before++) {
      add(name, base64(Base64.getEncoder(), before, secret));
      add(name, base64(Base64.getUrlEncoder(), before, secret));
    }
    return this;
  }

  /** The same of a text, which a program may write as JSON. */
  Wanted and(String name, String secret) {
    and(name, secret.getBytes(UTF_8));
    for (JsonMapper json : List.of(JSON, ASCII_JSON)) {
      String quoted = json.writeValueAsString(secret);
      add(name, quoted.substring(1, quoted.length() - 1).getBytes(UTF_8));
    }
    return this;
  }

  /** What is looked for. */
  Set<String> names() {
    return names;
  }

  /** The names of those that are there. */
  Set<String> in(byte[] bytes) {
    Set<String> found = new TreeSet<>();
    for (int at = 0; at + 1 < bytes.length; at++) {
      int beginning = beginning(bytes, at);
      if (beginnings.get(beginning)) {
        for (Form form : byBeginning.getOrDefault(beginning, List.of())) {
          int end = at + form.bytes.length;
          if (end <= bytes.length
              && Arrays.equals(bytes, at, end, form.bytes, 0, form.bytes.length)) {
            found.add(form.name);
          }
        }
      }
    }
    return found;
  }

  private void add(String name, byte[] form) {
    if (form.length < LEAST) {
      throw new IllegalArgumentException(name + " would be found by chance");
    }
    int beginning = beginning(form, 0);
    beginnings.set(beginning);
    byBeginning.computeIfAbsent(beginning, fresh -> new ArrayList<>()).add(new Form(name, form));
  }

  private static int beginning(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) << Byte.SIZE | Byte.toUnsignedInt(bytes[at + 1]);
  }

  /** The digits that are the secret's alone, with so many bytes of something else before it. */
  private static byte[] base64(Base64.Encoder encoder, int before, byte[] secret) {
    byte[] padded = new byte[before + secret.length];
    System.arraycopy(secret, 0, padded, before, secret.length);
    byte[] digits = encoder.withoutPadding().encode(padded);
    int shared = padded.length % BASE64_GROUP == 0 ? 0 : 1;
    return Arrays.copyOfRange(digits, before == 0 ? 0 : before + 1, digits.length - shared);
  }
}
