package dev.cofferdam.server.mail;

import java.util.regex.Pattern;

/** A letter in plain text. No record: it may hold a credential, and an address. */
public final class Letter {
  private static final int LONGEST_SUBJECT = 200;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final EmailAddress to;
  private final String subject;
  private final String body;

  /**
   * @param subject one line
   * @param body lines that end with a line feed
   */
  public Letter(EmailAddress to, String subject, String body) {
    // Whatever would begin another header field.
    if (subject.length() > LONGEST_SUBJECT || CONTROL.matcher(subject).find()) {
      throw new IllegalArgumentException("the subject of a letter is one line of 200 characters");
    }
    this.to = to;
    this.subject = subject;
    this.body = body;
  }

  public EmailAddress to() {
    return to;
  }

  public String subject() {
    return subject;
  }

  public String body() {
    return body;
  }

  @Override
  public String toString() {
    return "a letter";
  }
}
