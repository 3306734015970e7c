package dev.cofferdam.review.render;

import java.util.List;

/** HTML and SVG as they are written: whatever is text goes through here, and is text there too. */
final class Markup {
  private final StringBuilder out = new StringBuilder();

  /** Begins an element. Attributes are names and values in turn. */
  Markup open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int at = 0; at < attributes.length; at += 2) {
      out.append(' ').append(attributes[at]).append("=\"");
      out.append(escaped(attributes[at + 1])).append('"');
    }
    out.append('>');
    return this;
  }

  Markup close(String tag) {
    out.append("</").append(tag).append('>');
    return tag.matches("td|th|span|code|a|b|title|desc|text|abbr") ? this : line();
  }

  Markup text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** An element with nothing but text in it. */
  Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** What is markup already. */
  Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  Markup line() {
    out.append('\n');
    return this;
  }

  /** The heads of a table's columns. */
  Markup heads(List<String> names) {
    open("thead").open("tr");
    names.forEach(name -> element("th", name, "scope", "col"));
    return close("tr").close("thead");
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      switch (unit) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(unit);
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
