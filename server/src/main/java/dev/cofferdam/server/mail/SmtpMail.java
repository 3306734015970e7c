package dev.cofferdam.server.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands letters over to a mail server, each on a connection of its own. */
final class SmtpMail implements Mail {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpMail.class);
  private static final int PERMANENT = 500;

  private final MailServer server;
  private final EmailAddress from;
  private final @Nullable String user;
  private final @Nullable Path passwordFile;
  private final Session session;
  private final Clock clock;

  SmtpMail(
      MailServer server,
      EmailAddress from,
      @Nullable String user,
      @Nullable Path passwordFile,
      SSLContext trust,
      Duration patience,
      Clock clock) {
    this.server = server;
    this.from = from;
    this.user = user;
    this.passwordFile = passwordFile;
    this.clock = clock;
    this.session = Session.getInstance(properties(server, from, user, trust, patience));
  }

  private static Properties properties(
      MailServer server,
      EmailAddress from,
      @Nullable String user,
      SSLContext trust,
      Duration patience) {
    String millis = Long.toString(patience.toMillis());
    Properties properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    // What we call ourselves: not the name of this machine.
    properties.put("mail.smtp.localhost", from.domain());
    properties.put("mail.smtp.from", from.text());
    properties.put("mail.smtp.auth", Boolean.toString(user != null));
    boolean tls = server.protection() == MailServer.Protection.TLS;
    boolean startTls = server.protection() == MailServer.Protection.STARTTLS;
    properties.put("mail.smtp.ssl.enable", Boolean.toString(tls));
    properties.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.put("mail.smtp.starttls.required", Boolean.toString(startTls));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    properties.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory());
    properties.put("mail.smtp.ssl.socketFactory.fallback", "false");
    return properties;
  }

  @Override
  public Delivery deliver(Letter letter) {
    try (Transport transport = session.getTransport("smtp")) {
      Composed message = Composed.of(letter, from, session, clock.instant());
      transport.connect(server.host(), server.port(), user, password());
      transport.sendMessage(message, message.getAllRecipients());
      return new Delivery.HandedOver();
    } catch (MessagingException e) {
      Delivery delivery = isFinal(e) ? new Delivery.Refused() : new Delivery.Deferred();
      // The class and not the message: it quotes the address.
      LOG.warn(
          "The mail server `{}` did not take a letter ({}): {}.",
          server.host(),
          delivery,
          e.getClass().getSimpleName());
      return delivery;
    } catch (IOException e) {
      LOG.error("The file of cofferdam.mail.password-file cannot be read any more.");
      return new Delivery.Deferred();
    }
  }

  /** Read for each letter, so that it can be changed without a restart. */
  private @Nullable String password() throws IOException {
    return passwordFile == null ? null : Files.readString(passwordFile).strip();
  }

  /** A reply that begins with 5 says that trying again will not do (RFC 5321, section 4.2.1). */
  private static boolean isFinal(MessagingException failure) {
    for (Exception cause = failure;
        cause != null;
        cause = cause instanceof MessagingException next ? next.getNextException() : null) {
      if (cause instanceof SMTPAddressFailedException refused) {
        return refused.getReturnCode() >= PERMANENT;
      }
      if (cause instanceof SMTPSendFailedException refused) {
        return refused.getReturnCode() >= PERMANENT;
      }
    }
    Address[] invalid =
        failure instanceof SendFailedException sent ? sent.getInvalidAddresses() : null;
    return invalid != null && invalid.length > 0;
  }
}
