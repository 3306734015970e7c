package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final SignedIn ann = SignedIn.somebody(SERVER);

  @Test
  void whoSignsInIsKnownByTheHandleAndByNothingElseOfTheDatabase() {
    assertThat(ann.person().id()).isEqualTo(ann.opened.person());
    assertThat(ann.person().signIn().acr()).isEqualTo(AcrClass.MULTI_FACTOR);
    assertThat(ann.person().workspace()).isEmpty();
    String random = HexFormat.of().formatHex(Base64.getUrlDecoder().decode(ann.handle.text()));
    assertThat(
            SERVER
                .superuser()
                .sql("select s::text from identity.session s where session_id = :id")
                .param("id", ann.opened.session().value())
                .query(String.class)
                .single())
        .doesNotContain(random.substring(0, 32))
        .doesNotContain("someone@example.com");
    assertThat(ann.opened.toString()).doesNotContain(ann.handle.text());
  }

  @Test
  void onePersonIsOneSubjectOfOneIssuerAndNoMailAddress() {
    String subject = UUID.randomUUID().toString();
    PersonId first = SignedIn.as(SERVER, subject).opened.person();
    assertThat(SignedIn.as(SERVER, subject).opened.person()).isEqualTo(first);
    assertThat(SignedIn.somebody(SERVER).opened.person()).isNotEqualTo(first);
  }

  @Test
  void manyFirstSignInsAtOnceMakeOnePerson() throws Exception {
    String subject = UUID.randomUUID().toString();
    assertThat(atOnce(40, n -> SignedIn.as(SERVER, subject).opened.person()).stream().distinct())
        .hasSize(1);
  }

  @Test
  void whatIsNoHandleOfOursIsNobody() {
    String handle = ann.handle.text();
    List<String> forged = new ArrayList<>();
    for (int at : List.of(0, 20, 42, 43, 60, 85)) {
      char other = handle.charAt(at) == 'A' ? 'B' : 'A';
      forged.add(handle.substring(0, at) + other + handle.substring(at + 1));
    }
    forged.addAll(
        List.of("", "A", handle + "A", handle.substring(1), "ä".repeat(86), handle + "="));
    for (String one : forged) {
      assertThat(SERVER.bean(Authenticator.class).authenticate(SignedIn.request("GET", one)))
          .as(one)
          .isEqualTo(new Authentication.Known(new Caller.Anonymous()));
    }
  }

  @Test
  void aSignInEndsTheSessionThatTheBrowserBroughtAlong() {
    OpenedSession next =
        SERVER
            .bean(Sessions.class)
            .open(SignedIn.identity("somebody else"), SignedIn.arrival(Optional.of(ann.handle)));
    assertThat(next.handle().text()).isNotEqualTo(ann.handle.text());
    Soon.holds(() -> !ann.isKnown());
  }

  @Test
  void aWorkspaceIsChosenAmongOnesOwnAndChangesTheHandle() {
    TenantId tenant = ann.tenant(Role.ADMIN);
    SessionHandle before = ann.handle;
    assertThat(ann.enter(tenant)).isInstanceOf(WorkspaceChange.Moved.class);
    assertThat(ann.person().workspace()).contains(new Workspace(tenant, Role.ADMIN));
    assertThat(ann.person().session()).isEqualTo(ann.opened.session());

    SessionHandle now = ann.handle;
    ann.handle = before;
    Soon.holds(() -> !ann.isKnown());
    ann.handle = now;
    assertThat(ann.isKnown()).isTrue();
  }

  @Test
  void anothersTenantAndOneThatDoesNotExistLookTheSame() {
    TenantId foreign = SignedIn.somebody(SERVER).tenant(Role.OWNER);
    assertThat(ann.enter(foreign)).isEqualTo(new WorkspaceChange.NotAMember());
    assertThat(ann.enter(new TenantId(UUID.randomUUID())))
        .isEqualTo(new WorkspaceChange.NotAMember());
    assertThat(ann.person().workspace()).isEmpty();
  }

  @Test
  void ofManySwitchesAtOnceOneHappensAndOneHandleIsAlive() throws Exception {
    List<TenantId> tenants = IntStream.range(0, 3).mapToObj(n -> ann.tenant(Role.MEMBER)).toList();
    var person = ann.person();
    var presented = ann.presented();
    Workspaces workspaces = SERVER.bean(Workspaces.class);
    List<WorkspaceChange> outcomes =
        atOnce(100, n -> workspaces.enter(SignedIn.call(), person, presented, tenants.get(n % 3)));
    assertThat(outcomes.stream().filter(WorkspaceChange.Moved.class::isInstance)).hasSize(1);
    assertThat(outcomes.stream().filter(WorkspaceChange.Ended.class::isInstance)).hasSize(99);
    ann.handle =
        outcomes.stream()
            .flatMap(one -> one instanceof WorkspaceChange.Moved moved ? Stream.of(moved) : null)
            .findFirst()
            .orElseThrow()
            .handle();
    assertThat(ann.person().workspace()).isPresent();
  }

  @Test
  void endsOnesOwnSessionsAndNobodyElses() {
    SignedIn other = SignedIn.somebody(SERVER);
    Sessions sessions = SERVER.bean(Sessions.class);
    assertThat(sessions.end(SignedIn.call(), ann.person(), other.opened.session())).isEmpty();
    assertThat(other.isKnown()).isTrue();
    assertThat(sessions.of(ann.opened.person())).hasSize(1);
    sessions.endAll(SignedIn.call(), ann.person());
    Soon.holds(() -> !ann.isKnown());
    assertThat(other.isKnown()).isTrue();
  }

  @Test
  void theProfileIsOpenedForItsPerson() {
    assertThat(SERVER.bean(Sessions.class).profile(ann.person()))
        .isEqualTo(new Profile("Some One", "someone@example.com"));
  }

  static <T> List<T> atOnce(int times, IntFunction<T> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future :
          threads.invokeAll(
              IntStream.range(0, times).<Callable<T>>mapToObj(n -> () -> work.apply(n)).toList())) {
        results.add(future.get());
      }
      return results;
    }
  }
}
