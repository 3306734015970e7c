package dev.cofferdam.server.console;

import java.util.List;

/**
 * One group, and what of one kind is in it.
 *
 * @param version that its removal must have read
 * @param path of this page
 * @param next leads to more of what is in it; empty where that is all
 * @param others of this kind that could be put in, by those who may
 * @param nextOthers leads to more of them; empty where those are all
 */
public record GroupCard(
    String id,
    String name,
    String version,
    String path,
    Kind kind,
    List<Line> inside,
    String next,
    List<Choice> others,
    String nextOthers) {

  /** What can be in a group. */
  public enum Kind {
    PERSON("person", "people", "/members"),
    NODE("node", "nodes", "/nodes");

    private final String one;
    private final String many;
    private final String below;

    Kind(String one, String many, String below) {
      this.one = one;
      this.many = many;
      this.below = below;
    }

    /** As the field of a form is called too. */
    public String one() {
      return one;
    }

    public String many() {
      return many;
    }

    /** Where their page is, below the group's. */
    String below() {
      return below;
    }
  }

  /** Somebody or something in the group; the time once for machines and once for people. */
  public record Line(String id, String called, String addedAt, String added) {}

  /** Somebody or something that could be put in. */
  public record Choice(String id, String called) {}
}
