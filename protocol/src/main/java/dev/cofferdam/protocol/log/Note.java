package dev.cofferdam.protocol.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with signatures under it, as C2SP signed-note writes it. That a note could be parsed says
 * nothing about its signatures: {@link NoteKey#check} does.
 *
 * @param text what is signed; ends with a newline and has no other control characters
 * @param signatures at least one
 */
public record Note(String text, List<Signature> signatures) {
  private static final int LONGEST = 64 * 1024;
  private static final int MOST_SIGNATURES = 64;
  private static final Pattern LINE = Pattern.compile("— ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})");

  public Note {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n") || text.chars().anyMatch(unit -> unit < ' ' && unit != '\n')) {
      throw new IllegalArgumentException("the text of a note is lines without control characters");
    }
    if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
      throw new IllegalArgumentException("a note has 1 to 64 signatures, not " + signatures.size());
    }
  }

  /**
   * One signature line.
   *
   * @param name of the key
   * @param content the key's id in four bytes, and what the key's algorithm puts behind it
   */
  public record Signature(String name, byte[] content) {
    public Signature {
      if (content.length < 5) {
        throw new IllegalArgumentException("a signature has more than a key id");
      }
      content = content.clone();
    }

    /**
     * The signature with this line, which has no newline.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Signature parse(String line) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("`" + line + "` is not the signature line of a note");
      }
      return new Signature(matcher.group(1), Base64.getDecoder().decode(matcher.group(2)));
    }

    /** The line of a note, without its newline. */
    public String line() {
      return "— " + name + " " + Base64.getEncoder().encodeToString(content);
    }

    byte[] keyId() {
      return Arrays.copyOf(content, 4);
    }

    byte[] body() {
      return Arrays.copyOfRange(content, 4, content.length);
    }

    @Override
    public byte[] content() {
      return content.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Signature(String otherName, byte[] otherContent)
          && name.equals(otherName)
          && Arrays.equals(content, otherContent);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Arrays.hashCode(content);
    }
  }

  /**
   * The note that this is the text form of.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Note parse(String note) {
    int end = note.lastIndexOf("\n\n");
    if (note.length() > LONGEST || end < 0 || !note.endsWith("\n")) {
      throw new IllegalArgumentException("not a signed note");
    }
    List<Signature> signatures = note.substring(end + 2).lines().map(Signature::parse).toList();
    Note parsed = new Note(note.substring(0, end + 1), signatures);
    if (!parsed.toString().equals(note)) {
      throw new IllegalArgumentException("not a signed note as it is written");
    }
    return parsed;
  }

  /** This note with one more signature. */
  public Note with(Signature signature) {
    List<Signature> more = new ArrayList<>(signatures);
    more.add(signature);
    return new Note(text, more);
  }

  byte[] signed() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text form. */
  @Override
  public String toString() {
    var note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()).append('\n'));
    return note.toString();
  }
}
