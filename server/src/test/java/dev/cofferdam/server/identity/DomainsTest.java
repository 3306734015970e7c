package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.audit.read.StoredRecord;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.domain.DomainRounds;
import dev.cofferdam.server.identity.domain.Domains;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.Letters;
import dev.cofferdam.server.testing.NameServer;
import dev.cofferdam.server.testing.RunningServer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a tenant proves a domain, over HTTP and a real name server. */
class DomainsTest {
  private static final NameServer DNS = NameServer.start();

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own("cofferdam.egress.name-servers=" + DNS.address());

  private final Tenant acme = new Tenant();
  private final Tenant rival = new Tenant();
  private final String name = "d" + UUID.randomUUID() + ".example";

  @AfterAll
  static void end() {
    DNS.close();
  }

  @AfterEach
  void answerAgain() {
    DNS.fail(false);
  }

  /** A tenant with its owner at work in it. */
  private static final class Tenant {
    private final String address = "owner-" + UUID.randomUUID() + "@example.org";
    private final SignedIn owner = SignedIn.withAddress(SERVER, address);
    private final TenantId id = owner.tenant(Role.OWNER);
    private final Browser boss = browser(owner);

    private Browser browser(SignedIn who) {
      who.enter(id);
      return new Browser(SERVER, who.handle);
    }

    Browser somebody(Role role) {
      SignedIn one = SignedIn.somebody(SERVER);
      one.join(id, role);
      return browser(one);
    }

    Answer claim(String name) {
      return boss.post("/v1/domains", Map.of("name", name));
    }

    Answer check(Answer claim) {
      return boss.write("POST", "/v1/domains/" + claim.text("id") + "/check", null);
    }

    Answer now(Answer claim) {
      return boss.get("/v1/domains/" + claim.text("id"));
    }

    boolean believes(String address) {
      return within(
          () -> SERVER.bean(Domains.class).isProvenFor(EmailAddress.of(address).orElseThrow()));
    }

    List<AuditRecord> log(String action) {
      return within(
          () ->
              SERVER.bean(Records.class).search(RecordQuery.all(200)).records().stream()
                  .map(StoredRecord::record)
                  .filter(record -> record.action().equals(action))
                  .toList());
    }

    <T> T within(Supplier<T> work) {
      return Scopes.call(new Scope.OfTenant(id, new Placement.Shared()), work::get);
    }

    /** As if so much time had passed for this domain. */
    void age(Answer claim, String time) {
      SERVER
          .superuser()
          .sql(
              """
              update identity.domain
                 set held_until = held_until - :time::interval, due_at = due_at - :time::interval,
                     proven_at = proven_at - :time::interval
               where domain_id = :id
              """)
          .param("time", time)
          .param("id", UUID.fromString(claim.text("id")))
          .update();
    }
  }

  private void show(Answer... claims) {
    DNS.set(
        "_cofferdam-challenge." + name,
        Arrays.stream(claims).map(one -> one.text("txt_value")).toArray(String[]::new));
  }

  private Answer proven(Tenant tenant) {
    Answer claim = tenant.claim(name);
    assertThat(claim.status()).as(claim.http().body()).isEqualTo(201);
    show(claim);
    Answer checked = tenant.check(claim);
    assertThat(checked.text("state")).as(checked.http().body()).isEqualTo("proven");
    return claim;
  }

  @Test
  void aDomainIsProvenByItsRecordAndBelievedForExactlyItself() {
    Answer claim = acme.claim(name.toUpperCase(Locale.ROOT));
    assertThat(claim.status()).as(claim.http().body()).isEqualTo(201);
    assertThat(claim.text("name")).isEqualTo(name);
    assertThat(claim.text("txt_name")).isEqualTo("_cofferdam-challenge." + name);
    assertThat(claim.text("state")).isEqualTo("pending");
    assertThat(acme.check(claim).text("finding")).isEqualTo("absent");
    assertThat(acme.believes("ann@" + name)).isFalse();

    // Beside what others keep at the same place, and a Cofferdam of somebody else's.
    DNS.set(
        "_cofferdam-challenge." + name,
        "v=something \"else\"",
        "cofferdam-domain=0123456789",
        claim.text("txt_value"));
    Answer checked = acme.check(claim);
    assertThat(checked.text("state")).as(checked.http().body()).isEqualTo("proven");
    assertThat(checked.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(acme.believes("ann@" + name)).isTrue();
    assertThat(acme.believes("ann@eng." + name)).isFalse();
    assertThat(acme.believes("ann@other.example")).isFalse();
    assertThat(rival.believes("ann@" + name)).isFalse();
    assertThat(acme.log("domain.proven")).hasSize(1);

    Answer removed = acme.boss.write("DELETE", "/v1/domains/" + claim.text("id"), null);
    assertThat(removed.status()).as(removed.http().body()).isEqualTo(200);
    assertThat(acme.believes("ann@" + name)).isFalse();
    Answer again = acme.claim(name);
    assertThat(acme.check(again).text("finding"))
        .as("the old record proves nothing")
        .isEqualTo("absent");
  }

  @Test
  void whoHoldsADomainIsToldToNobodyAndWhoProvesItHoldsItAlone() {
    Answer held = proven(acme);
    Answer claim = rival.claim(name);
    Answer nobodys = rival.claim("other-" + name);
    assertThat(claim.status()).isEqualTo(nobodys.status()).isEqualTo(201);
    assertThat(rival.check(claim).text("finding")).isEqualTo("absent");
    assertThat(rival.check(nobodys).text("finding")).isEqualTo("absent");

    // Both: whose it is cannot be said, and who holds it keeps it for the grace.
    show(held, claim);
    assertThat(rival.check(claim).text("finding")).isEqualTo("contested");
    assertThat(rival.now(claim).text("state")).isEqualTo("pending");
    assertThat(acme.check(held).text("finding")).isEqualTo("contested");
    assertThat(acme.believes("ann@" + name)).isTrue();

    show(claim);
    assertThat(rival.check(claim).text("state")).isEqualTo("proven");
    assertThat(rival.believes("ann@" + name)).isTrue();
    assertThat(acme.believes("ann@" + name)).isFalse();
    Answer lost = acme.now(held);
    assertThat(lost.text("state")).isEqualTo("lapsed");
    assertThat(lost.text("lapse")).isEqualTo("superseded");
    assertThat(lost.http().body()).doesNotContain(rival.id.toString());
    assertThat(acme.log("domain.lapsed"))
        .singleElement()
        .satisfies(record -> assertThat(record.details()).containsOnlyKeys("because"));
    assertThat(rival.log("domain.lapsed")).isEmpty();
    rounds();
    assertThat(Letters.to(acme.address)).hasSize(1);
  }

  @Test
  void aRecordThatGoesMissingWarnsTheOwnersAndEndsTheProofAfterTheGrace() {
    Answer claim = proven(acme);
    show();
    acme.age(claim, "13 hours");
    rounds();
    assertThat(acme.now(claim).text("finding")).isEqualTo("absent");
    assertThat(acme.believes("ann@" + name)).isTrue();
    assertThat(Letters.to(acme.address)).singleElement().asString().contains(name, "ends on");
    acme.age(claim, "2 hours");
    rounds();
    assertThat(Letters.to(acme.address)).as("one warning").hasSize(1);

    // Believed by its time alone, whether or not anybody looked.
    acme.age(claim, "3 days");
    assertThat(acme.now(claim).text("state")).isEqualTo("proven");
    assertThat(acme.believes("ann@" + name)).isFalse();
    rounds();
    assertThat(acme.now(claim).text("lapse")).isEqualTo("expired");
    assertThat(Letters.to(acme.address)).hasSize(2);
    assertThat(acme.log("domain.lapsed")).hasSize(1);

    show(claim);
    assertThat(acme.check(claim).text("state")).isEqualTo("proven");
    assertThat(acme.believes("ann@" + name)).isTrue();
  }

  @Test
  void aNameServerThatFailsProvesNothingAndTakesNothingAwayBeforeTheGrace() {
    DNS.fail(true);
    Answer claim = acme.claim(name);
    show(claim);
    assertThat(acme.check(claim).text("finding")).isEqualTo("unanswered");
    DNS.fail(false);
    assertThat(acme.check(claim).text("state")).isEqualTo("proven");
    DNS.fail(true);
    acme.age(claim, "13 hours");
    rounds();
    assertThat(acme.now(claim).text("finding")).isEqualTo("unanswered");
    assertThat(acme.believes("ann@" + name)).isTrue();
    DNS.fail(false);
    acme.age(claim, "2 hours");
    rounds();
    assertThat(acme.now(claim).text("finding")).isEqualTo("shown");
  }

  private static void rounds() {
    SERVER.bean(DomainRounds.class).workOff();
  }

  @Test
  void onlyAnOwnerWhoProvedThemselvesJustNowChangesAnything() {
    for (Role role : List.of(Role.ADMIN, Role.MEMBER, Role.AUDITOR)) {
      Browser other = acme.somebody(role);
      assertThat(other.post("/v1/domains", Map.of("name", name)).status()).isEqualTo(403);
      assertThat(other.get("/v1/domains").status()).isEqualTo(200);
    }
    Answer claim = acme.claim(name);
    SERVER
        .superuser()
        .sql(
            "update identity.session set auth_time = auth_time - interval '6 minutes' where person_id = :person")
        .param("person", acme.owner.opened.person().value())
        .update();
    Browser later = acme.browser(acme.owner);
    Answer refused = later.write("POST", "/v1/domains/" + claim.text("id") + "/check", null);
    assertThat(refused.text("code")).isEqualTo("insufficient_user_authentication");
  }

  @Test
  void aClaimOfAnotherTenantDoesNotExist() {
    Answer claim = acme.claim(name);
    String nothing = rival.boss.get("/v1/domains/" + UUID.randomUUID()).withoutRequestId();
    assertThat(rival.now(claim).withoutRequestId()).isEqualTo(nothing);
    assertThat(rival.check(claim).status()).isEqualTo(404);
    assertThat(rival.boss.write("DELETE", "/v1/domains/" + claim.text("id"), null).status())
        .isEqualTo(404);
    assertThat(rival.boss.get("/v1/domains").body().path("items").size()).isZero();
  }

  @Test
  void whatNobodyOwnsAloneAndWhatIsClaimedAlreadyIsRefused() {
    assertThat(acme.claim("co.uk").text("code")).isEqualTo("invalid_field");
    assertThat(acme.claim("github.io").text("code")).isEqualTo("invalid_field");
    assertThat(acme.claim(name).status()).isEqualTo(201);
    assertThat(acme.claim(name).text("code")).isEqualTo("conflict");
  }

  @Test
  void theSameOnPages() {
    String token = acme.boss.token();
    Answer claimed = acme.boss.form("/domains", token, Map.of("name", name));
    assertThat(claimed.status()).as(claimed.http().body()).isEqualTo(303);
    assertThat(acme.boss.form("/domains", token, Map.of("name", "com")).http().body())
        .contains("no domain of yours alone");
    Answer page = acme.boss.get("/domains");
    assertThat(page.http().body()).contains(name, "_cofferdam-challenge." + name, "Check");
    String id = acme.boss.get("/v1/domains").body().path("items").get(0).path("id").asString();
    assertThat(acme.boss.form("/domains/check", token, Map.of("domain", id)).status())
        .isEqualTo(303);
    assertThat(acme.boss.get("/domains").http().body()).contains("was not there at the last look");
    assertThat(acme.somebody(Role.MEMBER).get("/domains").http().body())
        .contains(name)
        .doesNotContain("Give up");
    assertThat(acme.boss.form("/domains/remove", token, Map.of("domain", id)).status())
        .isEqualTo(303);
    assertThat(acme.boss.get("/domains").http().body()).contains("No domain was claimed yet");
  }
}
