package dev.cofferdam.server.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** A letter in the form in which it travels (RFC 5322). */
final class Composed extends MimeMessage {
  private final String id;

  private Composed(Session session, String id) {
    super(session);
    this.id = id;
  }

  static Composed of(Letter letter, EmailAddress from, Session session, Instant now)
      throws MessagingException {
    // Not the framework's own, which would tell the name of this machine and its user.
    Composed message = new Composed(session, "<" + UUID.randomUUID() + "@" + from.domain() + ">");
    message.setFrom(new InternetAddress(from.text(), true));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to().text(), true));
    message.setSubject(letter.subject(), "UTF-8");
    message.setSentDate(Date.from(now));
    // RFC 3834: no vacation notice is wanted in answer.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setText(letter.body(), "UTF-8");
    message.saveChanges();
    return message;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
