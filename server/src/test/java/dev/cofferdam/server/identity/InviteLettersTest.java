package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.invite.LetterSender;
import dev.cofferdam.server.mail.Delivery;
import dev.cofferdam.server.mail.Letter;
import dev.cofferdam.server.mail.Mail;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of letters that a mail server does not take, and of tenants that are closed. */
class InviteLettersTest {
  private static final Scripted MAIL = new Scripted();

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(context -> context.registerBean(Mail.class, () -> MAIL));

  private final SignedIn owner = SignedIn.somebody(SERVER);
  private final TenantId tenant = owner.tenant(Role.OWNER);
  private final String address = "ann-" + UUID.randomUUID() + "@example.org";

  /** Does with a letter what a test says. */
  private static final class Scripted implements Mail {
    final List<Letter> tried = new CopyOnWriteArrayList<>();
    volatile Delivery next = new Delivery.HandedOver();
    volatile CountDownLatch until = new CountDownLatch(0);

    @Override
    public Delivery deliver(Letter letter) {
      tried.add(letter);
      try {
        assertThat(until.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return next;
    }

    List<Letter> to(String address) {
      return tried.stream().filter(one -> one.to().text().equals(address)).toList();
    }
  }

  private Browser boss() {
    owner.enter(tenant);
    return new Browser(SERVER, owner.handle);
  }

  private String letter() {
    return SERVER
        .superuser()
        .sql("select letter || letter_attempts from identity.invite where tenant_id = :tenant")
        .param("tenant", tenant.value())
        .query(String.class)
        .single();
  }

  /** As if the time until the next attempt had passed. */
  private void due() {
    SERVER
        .superuser()
        .sql(
            """
            update identity.invite set letter_due = now() - interval '1 second'
             where tenant_id = :tenant and letter = 'waiting'
            """)
        .param("tenant", tenant.value())
        .update();
  }

  /** Lets the server look for what is due, as it does every quarter of a minute. */
  private void look() {
    SERVER.bean(LetterSender.class).send();
  }

  @Test
  void whatIsPutOffIsTriedAgainAndGivenUpInTheEnd() {
    MAIL.next = new Delivery.Deferred();
    boss().post("/v1/invites", Map.of("email", address, "role", "member"));
    Soon.holds(() -> letter().equals("waiting1"));
    for (int attempt = 2; attempt <= 5; attempt++) {
      due();
      look();
      assertThat(letter()).isEqualTo("waiting" + attempt);
    }
    due();
    look();
    assertThat(letter()).isEqualTo("failed6");
    assertThat(MAIL.to(address).stream().map(Letter::body).distinct())
        .as("each with another code")
        .hasSize(6);
  }

  @Test
  void whatIsRefusedForGoodIsNotTriedAgain() {
    MAIL.next = new Delivery.Refused();
    boss().post("/v1/invites", Map.of("email", address, "role", "member"));
    Soon.holds(() -> letter().equals("failed1"));
  }

  @Test
  void aTenantThatIsClosedSendsNothingUntilItIsOpenAgain() {
    MAIL.next = new Delivery.Deferred();
    boss().post("/v1/invites", Map.of("email", address, "role", "member"));
    Soon.holds(() -> letter().equals("waiting1"));
    state("suspended");
    TenantGate gate = SERVER.bean(TenantGate.class);
    Soon.holds(() -> gate.enter(tenant) instanceof TenantEntry.Denied);
    due();
    look();
    assertThat(letter()).isEqualTo("waiting1");
    state("active");
    Soon.holds(() -> gate.enter(tenant) instanceof TenantEntry.Entered);
    MAIL.next = new Delivery.HandedOver();
    due();
    look();
    assertThat(letter()).isEqualTo("sent2");
  }

  private void state(String state) {
    SERVER
        .superuser()
        .sql("update tenancy.tenant set state = :state where tenant_id = :tenant")
        .param("state", state)
        .param("tenant", tenant.value())
        .update();
  }

  @Test
  void aLetterThatIsSentAgainMeanwhileIsNotTakenForSent() {
    MAIL.next = new Delivery.HandedOver();
    MAIL.until = new CountDownLatch(1);
    Browser boss = boss();
    var made = boss.post("/v1/invites", Map.of("email", address, "role", "member"));
    Soon.holds(() -> MAIL.to(address).size() == 1);
    assertThat(
            boss.write(
                    "POST", "/v1/invites/" + made.text("id") + "/letter", null, "If-Match", "\"1\"")
                .status())
        .isEqualTo(200);
    MAIL.until.countDown();
    Soon.holds(() -> letter().equals("sent1"));
    assertThat(MAIL.to(address)).hasSize(2);
  }
}
