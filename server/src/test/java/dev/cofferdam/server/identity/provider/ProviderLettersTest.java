package dev.cofferdam.server.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.OwnersPost;
import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.oidc.Trouble;
import dev.cofferdam.server.mail.Delivery;
import dev.cofferdam.server.mail.Letter;
import dev.cofferdam.server.mail.Mail;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantProfiles;
import dev.cofferdam.server.testing.MovableClock;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What owners are written of their providers, by a clock ahead of the server's own rounds. */
class ProviderLettersTest {
  private static final Scripted MAIL = new Scripted();

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(context -> context.registerBean(Mail.class, () -> MAIL));

  private final MovableClock clock = new MovableClock(Instant.now().plus(Duration.ofDays(1)));
  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final Browser boss = Browser.ofMember(SERVER, tenant.tenant().toString(), Role.OWNER);
  private final ProviderId provider = new ProviderId(UUID.randomUUID());
  private final ProviderRows rows = new ProviderRows(SERVER.bean(JdbcClient.class));
  private final ProviderLetters letters =
      new ProviderLetters(
          SERVER.bean(PlacedProviders.class),
          rows,
          SERVER.bean(TenantProfiles.class),
          SERVER.bean(OwnersPost.class),
          SERVER.bean(TenantGate.class),
          clock);

  /** Does with a letter what a test says. */
  private static final class Scripted implements Mail {
    final List<Letter> tried = new CopyOnWriteArrayList<>();
    volatile Delivery next = new Delivery.HandedOver();
    volatile Runnable meanwhile = () -> {};

    @Override
    public Delivery deliver(Letter letter) {
      tried.add(letter);
      meanwhile.run();
      return next;
    }
  }

  @BeforeEach
  void bring() {
    MAIL.tried.clear();
    MAIL.next = new Delivery.HandedOver();
    MAIL.meanwhile = () -> {};
    PlantedProvider.plant(SERVER.superuser(), tenant.tenant(), provider);
  }

  private boolean fails(Trouble trouble) {
    return within(() -> rows.fails(provider, trouble, clock.instant()));
  }

  private boolean works() {
    return within(() -> rows.works(provider, clock.instant()));
  }

  private <T> T within(Supplier<T> work) {
    return Scopes.call(tenant, work::get);
  }

  /** The subjects of what was sent in this round. */
  private List<String> sent() {
    MAIL.tried.clear();
    letters.send();
    return MAIL.tried.stream().map(Letter::subject).toList();
  }

  @Test
  void eachChangeIsToldOnce() {
    assertThat(fails(Trouble.KEYS)).isTrue();
    assertThat(fails(Trouble.DOCUMENT)).as("it failed before").isFalse();
    clock.advance(ProviderRows.LASTS);
    assertThat(sent()).containsExactly("Nobody can sign in at staff now");
    assertThat(MAIL.tried.getFirst().body()).contains(Trouble.KEYS.sentence());
    clock.advance(Duration.ofDays(1));
    assertThat(sent()).isEmpty();
    assertThat(works()).isTrue();
    assertThat(works()).as("it worked before").isFalse();
    assertThat(sent()).containsExactly("People sign in at staff again");
    clock.advance(Duration.ofDays(1));
    assertThat(sent()).isEmpty();
    assertThat(fails(Trouble.TOKENS)).isTrue();
    clock.advance(ProviderRows.LASTS);
    assertThat(sent()).as("the next time").hasSize(1);
  }

  @Test
  void whatIsOverBeforeItWasToldIsNotTold() {
    fails(Trouble.KEYS);
    works();
    clock.advance(ProviderRows.LASTS);
    assertThat(sent()).isEmpty();
    fails(Trouble.KEYS);
    clock.advance(ProviderRows.LASTS);
    assertThat(sent()).hasSize(1);
    works();
    fails(Trouble.KEYS);
    assertThat(sent()).as("they know that it fails").isEmpty();
  }

  @Test
  void whatBecomesWellWhileOwnersAreToldThatItFailsIsToldToo() {
    fails(Trouble.KEYS);
    clock.advance(ProviderRows.LASTS);
    MAIL.meanwhile = this::works;
    assertThat(sent()).containsExactly("Nobody can sign in at staff now");
    MAIL.meanwhile = () -> {};
    assertThat(sent()).containsExactly("People sign in at staff again");
    assertThat(sent()).isEmpty();
  }

  @Test
  void whatHasNotLastedIsNotToldYet() {
    fails(Trouble.KEYS);
    assertThat(sent()).isEmpty();
    clock.advance(ProviderRows.LASTS.minusSeconds(1));
    assertThat(sent()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(sent()).containsExactly("Nobody can sign in at staff now");
  }

  @Test
  void ofOneThatComesAndGoesOwnersHearOfEachAtMostOnceInAnHour() {
    List<String> heard = new ArrayList<>();
    Instant began = clock.instant();
    // Six minutes away, six minutes there, for nearly three hours.
    while (clock.instant().isBefore(began.plus(Duration.ofMinutes(175)))) {
      fails(Trouble.KEYS);
      clock.advance(Duration.ofMinutes(6));
      heard.addAll(sent());
      works();
      heard.addAll(sent());
      clock.advance(Duration.ofMinutes(6));
      heard.addAll(sent());
    }
    String failing = "Nobody can sign in at staff now";
    String well = "People sign in at staff again";
    assertThat(heard).containsExactly(failing, well, failing, well, failing, well);
  }

  @Test
  void whatFailsAgainWithinTheHourIsToldWhenThatIsOver() {
    fails(Trouble.KEYS);
    clock.advance(ProviderRows.LASTS);
    assertThat(sent()).hasSize(1);
    works();
    MAIL.meanwhile = () -> fails(Trouble.TOKENS);
    assertThat(sent()).containsExactly("People sign in at staff again");
    MAIL.meanwhile = () -> {};
    clock.advance(ProviderRows.APART.minusSeconds(1));
    assertThat(sent()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(sent()).containsExactly("Nobody can sign in at staff now");
  }

  @Test
  void whatIsPutOffIsTriedAgainLaterAndGivenUpInTheEnd() {
    MAIL.next = new Delivery.Deferred();
    fails(Trouble.KEYS);
    clock.advance(ProviderRows.LASTS);
    assertThat(sent()).hasSize(1);
    assertThat(sent()).as("not yet").isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(sent()).hasSize(1);
    int more = 0;
    for (int n = 0; n < 10; n++) {
      clock.advance(Duration.ofHours(8));
      more += sent().size();
    }
    assertThat(more).isEqualTo(4);
  }

  @Test
  void whoeverDiesWithOneLeavesItToTheOthers() {
    fails(Trouble.KEYS);
    clock.advance(ProviderRows.LASTS);
    PlacedProviders placed = SERVER.bean(PlacedProviders.class);
    Instant now = clock.instant();
    assertThat(placed.claimLetters(now, now.plusSeconds(300), 20)).hasSize(1);
    assertThat(sent()).as("somebody else has it").isEmpty();
    clock.advance(Duration.ofMinutes(5));
    assertThat(sent()).hasSize(1);
  }

  @Test
  void ofOneThatTheirOwnersHaveDeactivatedNothingIsTold() {
    fails(Trouble.KEYS);
    String path = "/v1/identity-providers/" + provider;
    String version = boss.get(path).text("version");
    assertThat(
            boss.write("POST", path + "/deactivate", null, "If-Match", '"' + version + '"')
                .status())
        .isEqualTo(200);
    clock.advance(ProviderRows.LASTS);
    assertThat(sent()).isEmpty();
  }
}
