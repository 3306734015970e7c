package dev.cofferdam.server.identity.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.WholeBrowser;
import dev.cofferdam.server.mail.Delivery;
import dev.cofferdam.server.mail.Letter;
import dev.cofferdam.server.mail.Mail;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of letters to owners that a mail server does not take. */
class EmergencyLettersTest {
  private static final Scripted MAIL = new Scripted();

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(context -> context.registerBean(Mail.class, () -> MAIL));

  private static final int ATTEMPTS = 6;

  private String tenant = "";

  /** Does with a letter what a test says. */
  private static final class Scripted implements Mail {
    final List<Letter> tried = new CopyOnWriteArrayList<>();
    volatile Delivery next = new Delivery.HandedOver();

    @Override
    public Delivery deliver(Letter letter) {
      tried.add(letter);
      return next;
    }
  }

  @BeforeEach
  void found() {
    tenant =
        Browser.ofSomebody(SERVER).inOwnTenant("l" + UUID.randomUUID().toString().replace("-", ""));
  }

  private void breakTheGlass() {
    WholeBrowser ken = new WholeBrowser(SERVER);
    ken.follow(ken.get("/operator/sign-in"), "ken", "mfa");
    assertThat(
            ken.send(
                    "POST",
                    "/v1/operator/tenants/" + tenant + "/emergency",
                    Map.of("reason", "Asked by support: " + tenant))
                .status())
        .isEqualTo(201);
  }

  private long tried() {
    return MAIL.tried.stream().filter(letter -> letter.body().contains(tenant)).count();
  }

  private long waiting() {
    return SERVER
        .superuser()
        .sql("select count(*) from identity.emergency_letter where tenant_id = :tenant::uuid")
        .param("tenant", tenant)
        .query(Long.class)
        .single();
  }

  private int attempts() {
    return SERVER
        .superuser()
        .sql(
            "select coalesce(max(attempts), -1) from identity.emergency_letter where tenant_id = :tenant::uuid")
        .param("tenant", tenant)
        .query(Integer.class)
        .single();
  }

  /** As if the time until the next attempt had passed. */
  private void due() {
    SERVER
        .superuser()
        .sql(
            """
            update identity.emergency_letter set due_at = now() - interval '1 second' where tenant_id = :tenant::uuid
            """)
        .param("tenant", tenant)
        .update();
    SERVER.bean(EmergencyLetters.class).send();
  }

  @Test
  void whatIsTakenIsNotSentAgain() {
    MAIL.next = new Delivery.HandedOver();
    breakTheGlass();
    Soon.holds(() -> waiting() == 0);
    assertThat(tried()).isOne();
  }

  @Test
  void whatIsPutOffIsTriedAgainAndGivenUpInTheEnd() {
    MAIL.next = new Delivery.Deferred();
    breakTheGlass();
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      // A round of the server's own may have taken it, and be about to note that.
      int noted = attempt;
      Soon.holds(() -> attempts() == noted);
      due();
    }
    Soon.holds(() -> waiting() == 0);
    assertThat(tried()).isEqualTo(ATTEMPTS);
  }

  @Test
  void whatIsRefusedForGoodIsNotTriedAgain() {
    MAIL.next = new Delivery.Refused();
    breakTheGlass();
    Soon.holds(() -> waiting() == 0);
    assertThat(tried()).isOne();
  }
}
