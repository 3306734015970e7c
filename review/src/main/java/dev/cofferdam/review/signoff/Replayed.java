package dev.cofferdam.review.signoff;

import java.util.List;
import java.util.Map;

/**
 * What a run in laboratories also played against a server that goes on, in tenants of its own
 * there; empty where there was none.
 *
 * @param target its address
 * @param marker that every request carried, and that begins the short names of the tenants
 * @param requests how many were answered
 * @param settings that the server had meanwhile and the shipped one has not, by value
 * @param left what was made and could not be taken away again
 * @param attacks every attack of the run, and where it was played
 */
public record Replayed(
    String target,
    String marker,
    int requests,
    Map<String, String> settings,
    List<String> left,
    List<Row> attacks) {
  public Replayed {
    settings = Sorted.copy(settings);
    left = List.copyOf(left);
    attacks = List.copyOf(attacks);
  }

  /** Where an attack was played. */
  public enum Where {
    /** In a laboratory alone. */
    LABORATORY,
    /** Against the server alone. */
    SERVER,
    BOTH;

    /** As documents write it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * An attack.
   *
   * @param where the word of a {@link Where}
   * @param verdict {@code refused}, {@code succeeded} or {@code inconclusive} against the server;
   *     empty where it was not played there
   * @param told what came of it there; or why it was not played there
   */
  public record Row(String attack, String where, String verdict, String told, long millis) {
    /** Whether it was played against the server, and refused. */
    public boolean isRefused() {
      return verdict.equals("refused");
    }
  }

  /** How many attacks were played there. */
  public long count(Where where) {
    return attacks.stream().filter(row -> row.where().equals(where.word())).count();
  }

  /** Of a run in laboratories alone, or against a deployment. */
  public static Replayed none() {
    return new Replayed("", "", 0, Map.of(), List.of(), List.of());
  }
}
