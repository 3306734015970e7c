package dev.cofferdam.review.signoff;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was attacked, and with what: a sign-off says nothing of anything else.
 *
 * @param code the server's archive and its libraries, each by SHA-256
 * @param configuration the settings that differ from the shipped ones, by value
 * @param policies the policies that decide who may do what, each by SHA-256
 * @param register the files of the threat model, each by SHA-256
 * @param review the archives that attacked, each by SHA-256
 */
public record Subject(Part code, Part configuration, Part policies, Part register, Part review) {

  /**
   * A part of it.
   *
   * @param digest SHA-256 in hex over the items, a line each
   * @param items by name
   */
  public record Part(String digest, Map<String, String> items) {
    public Part {
      items = Sorted.copy(items);
    }

    /** A part with these items. */
    public static Part of(Map<String, String> items) {
      StringBuilder lines = new StringBuilder();
      new TreeMap<>(items)
          .forEach((name, value) -> lines.append(name).append(' ').append(value).append('\n'));
      return new Part(sha256(lines.toString().getBytes(StandardCharsets.UTF_8)), items);
    }

    /** Whether the digest is that of the items. */
    public boolean isWhole() {
      return of(items).digest.equals(digest);
    }

    /** What is other in {@code now}, a line each. */
    public List<String> changed(Part now) {
      List<String> changed = new ArrayList<>();
      Map<String, String> all = new TreeMap<>(items);
      all.putAll(now.items);
      for (String name : all.keySet()) {
        String before = items.get(name);
        String after = now.items.get(name);
        if (before == null) {
          changed.add(name + " is new");
        } else if (after == null) {
          changed.add(name + " is gone");
        } else if (!before.equals(after)) {
          changed.add(name + " is another");
        }
      }
      return changed;
    }
  }

  /** The parts by name. What attacked is no part of what was attacked. */
  public Map<String, Part> attacked() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("code", code);
    parts.put("configuration", configuration);
    parts.put("policies", policies);
    parts.put("register", register);
    return parts;
  }

  /** What is other in {@code now}, by part. */
  public Map<String, List<String>> changed(Subject now) {
    Map<String, List<String>> changed = new LinkedHashMap<>();
    changed.put("code", code.changed(now.code));
    changed.put("configuration", configuration.changed(now.configuration));
    changed.put("policies", policies.changed(now.policies));
    changed.put("register", register.changed(now.register));
    return changed;
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Canonical.sha256(bytes));
  }
}
