package dev.cofferdam.server.mail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.mail.*}: how letters to people leave.
 *
 * @param server the mail server: {@code smtps://host:port}, {@code smtp+starttls://host:port}, or
 *     for this machine alone {@code smtp://host:port}; without one, letters become files
 * @param from the address that letters come from
 * @param user with which to sign in at the mail server, if it asks for that
 * @param passwordFile a file with that user's password, read for each letter
 * @param trustedRoots a PEM file of authorities that are trusted beside those of the JDK
 * @param folder where letters are put when no mail server is set; {@code ./cofferdam up} takes
 *     {@code mail} in the data directory when absent
 * @param patience how long to wait for the mail server at each step, 1 s to 1 m
 */
@ConfigurationProperties("cofferdam.mail")
public record MailSettings(
    @Nullable String server,
    @DefaultValue("cofferdam@localhost.localdomain") String from,
    @Nullable String user,
    @Nullable Path passwordFile,
    @Nullable Path trustedRoots,
    @Nullable Path folder,
    @DefaultValue("10s") Duration patience) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  public MailSettings {
    if (EmailAddress.of(from).isEmpty()) {
      throw new IllegalArgumentException(
          "cofferdam.mail.from is `"
              + from
              + "`, which is no e-mail address such as"
              + " `cofferdam@example.com`");
    }
    if (server == null) {
      if (user != null || passwordFile != null || trustedRoots != null) {
        throw new IllegalArgumentException(
            "cofferdam.mail.server is not set, but something that goes with it is: set it, or"
                + " remove user, password-file and trusted-roots");
      }
    } else {
      MailServer.of(server);
    }
    if ((user == null) != (passwordFile == null)) {
      throw new IllegalArgumentException(
          "cofferdam.mail.user and cofferdam.mail.password-file go together: set both, or neither");
    }
    if (passwordFile != null && !Files.isReadable(passwordFile)) {
      throw new IllegalArgumentException(
          "cofferdam.mail.password-file names `" + passwordFile + "`, which cannot be read");
    }
    if (patience.compareTo(SHORTEST) < 0 || patience.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "cofferdam.mail.patience is `" + patience + "`: it is one second to one minute");
    }
  }

  EmailAddress sender() {
    return EmailAddress.of(from).orElseThrow();
  }
}
