package dev.cofferdam.server.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cofferdam.server.edge.EdgeRefusedException;
import dev.cofferdam.server.testing.Certificates;
import dev.cofferdam.server.testing.Certificates.Placed;
import dev.cofferdam.server.testing.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ServedCertificatesTest {
  @TempDir Path folder;
  private final MovableClock clock = new MovableClock(Instant.now().plusSeconds(60));
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(ServedCertificates.class);
  private Certificates authority;
  private Placed files;

  @BeforeEach
  void make() throws Exception {
    said.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(said);
    authority = new Certificates(folder.resolve("authority.p12"));
    files = authority.issued("localhost", 30, "EC", 256).in(folder, "server");
  }

  @AfterEach
  void detach() {
    logger.detachAppender(said);
    logger.setLevel(null);
  }

  private ServedCertificates served() {
    return new ServedCertificates(
        new TlsSettings(
            List.of(files.certificate()),
            List.of(files.key()),
            null,
            Duration.ofSeconds(10),
            Duration.ofDays(21)),
        clock);
  }

  private List<String> warnings() {
    return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void anEndThatIsNearIsWarnedOfOnceADay() {
    ServedCertificates served = served();
    clock.advance(Duration.ofDays(8));
    served.look();
    assertThat(warnings()).isEmpty();
    clock.advance(Duration.ofDays(2));
    for (int i = 0; i < 3; i++) {
      served.look();
    }
    assertThat(warnings()).singleElement().asString().contains("ends at");
    clock.advance(Duration.ofDays(1));
    served.look();
    assertThat(warnings()).hasSize(2);
    clock.advance(Duration.ofDays(30));
    served.look();
    assertThat(warnings().getLast()).contains("has ended at");
  }

  @Test
  void filesThatCannotBeServedAreSaidOnceAndChangeNothing() throws Exception {
    ServedCertificates served = served();
    Instant ends = served.ends();
    Files.delete(files.key());
    served.look();
    served.look();

    assertThat(served.ends()).isEqualTo(ends);
    assertThat(served.newestAreRefused()).isTrue();
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("cannot be served", files.key().toString(), "`cofferdam.tls.key-files`");
    authority.issued("localhost", 60, "EC", 256).in(folder, "server");
    served.look();
    assertThat(served.newestAreRefused()).isFalse();
    assertThat(served.ends()).isAfter(ends);
    assertThat(warnings().getLast()).contains("New certificates are served");
  }

  @Test
  void certificatesThatAreOverAreNotServedAnew() throws Exception {
    Placed over = authority.issued("localhost", 1, "EC", 256).in(folder, "over");
    ServedCertificates served = served();
    clock.advance(Duration.ofDays(2));
    Files.copy(
        over.certificate(), files.certificate(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.copy(over.key(), files.key(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    served.look();

    assertThat(served.newestAreRefused()).isTrue();
    assertThatThrownBy(this::served)
        .isInstanceOf(EdgeRefusedException.class)
        .hasMessageContaining("renew it");
  }
}
