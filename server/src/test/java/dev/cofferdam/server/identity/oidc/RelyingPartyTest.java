package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.TestEgress;
import dev.cofferdam.server.identity.ForeignIdentity;
import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SignInAim;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.keyring.ColumnCipher;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.MovableClock;
import dev.cofferdam.server.testing.RunningServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Signing in at a real identity provider, which does everything that one should not. */
class RelyingPartyTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private static final URI REDIRECT = URI.create("http://127.0.0.1:8080/sign-in/callback");

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private ScriptedIdp idp;
  private Egress egress;
  private RelyingParty party;
  private Optional<OperatorClaim> operators = Optional.empty();

  @BeforeEach
  void open() throws Exception {
    idp = new ScriptedIdp(clock);
    egress = TestEgress.toLoopback(Duration.ofSeconds(20), idp.port());
    party = party(new ClientAuthentication.None(), egress);
  }

  @AfterEach
  void close() {
    egress.close();
    idp.end();
  }

  /** A sign-in that was sent to the identity provider. */
  private record Sent(Map<String, String> parameters, BrowserHandle browser) {
    String state() {
      return parameters.getOrDefault("state", "");
    }
  }

  @Test
  void whoeverSignsInIsTheIssuersSubject() {
    idp.claims =
        claims ->
            claims.put("email", "ada@acme.example").put("email_verified", true).put("name", "Ada");
    Sent sent = send();

    Ended ended = answer(sent);

    assertThat(ended)
        .isEqualTo(
            new Ended.SignedIn(
                new ForeignIdentity(
                    idp.issuer(),
                    "ada",
                    "ada@acme.example",
                    "Ada",
                    AcrClass.MULTI_FACTOR,
                    List.of(),
                    clock.instant().minusSeconds(10)),
                null,
                new SignInAim.AsPerson(),
                new ReturnPath("/there?a=b")));
    assertThat(sent.parameters())
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "us")
        .containsEntry("redirect_uri", REDIRECT.toString())
        .containsEntry("scope", "openid profile email")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("realm", "a")
        .doesNotContainKeys("prompt", "max_age", "acr_values");
    assertThat(idp.tokenRequest)
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "the code")
        .containsEntry("redirect_uri", REDIRECT.toString());
    assertThat(
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                    BrowserHandle.sha256(idp.tokenRequest.getOrDefault("code_verifier", ""))))
        .isEqualTo(sent.parameters().get("code_challenge"));
  }

  @Test
  void nothingOfItIsStoredInClear() {
    Sent sent = send();
    answer(sent);
    String verifier = idp.tokenRequest.getOrDefault("code_verifier", "");
    Sent waiting = send();
    String rows =
        SERVER
            .superuser()
            .sql(
                "select string_agg(encode(p::text::bytea, 'escape'), '') from identity.pending_sign_in p")
            .query(String.class)
            .single();
    assertThat(rows)
        .doesNotContain(verifier)
        .doesNotContain(waiting.state())
        .doesNotContain(waiting.parameters().get("nonce"))
        .doesNotContain(waiting.browser().text());
    assertThat(
            SERVER
                .superuser()
                .sql(
                    "select count(*) from identity.pending_sign_in where position(:nonce::bytea in pending_sealed) > 0")
                .param("nonce", waiting.parameters().get("nonce"))
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void anAnswerIsGoodOnceAlsoOfManyAtOnce() throws Exception {
    Sent sent = send();
    CountDownLatch go = new CountDownLatch(1);
    Callable<Ended> end =
        () -> {
          go.await();
          return answer(sent);
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Ended>> all = IntStream.range(0, 100).mapToObj(i -> threads.submit(end)).toList();
      go.countDown();
      int signedIn = 0;
      for (Future<Ended> one : all) {
        if (one.get() instanceof Ended.SignedIn) {
          signedIn++;
        } else {
          assertThat(one.get()).isEqualTo(new Ended.NotBegunHere());
        }
      }
      assertThat(signedIn).isEqualTo(1);
    }
  }

  @Test
  void itEndsInTheBrowserItBeganInAndWithItsOwnState() {
    Sent mine = send();
    Sent other = send();
    assertThat(party.end(granted(mine.state()), other.browser()))
        .isEqualTo(new Ended.NotBegunHere());
    assertThat(party.end(granted("A".repeat(43)), mine.browser()))
        .isEqualTo(new Ended.NotBegunHere());
    assertThat(answer(mine)).as("and is not used up by it").isInstanceOf(Ended.SignedIn.class);
  }

  @Test
  void twoTabsOfABrowserEachEnd() {
    Sent first = send();
    Sent second = send(plain(), Optional.of(first.browser()));
    assertThat(answer(first)).isInstanceOf(Ended.SignedIn.class);
    assertThat(answer(second)).isInstanceOf(Ended.SignedIn.class);
  }

  @Test
  void itMayTakeTenMinutesAndNotAMomentMore() {
    Sent sent = send();
    clock.advance(PendingSignIns.LIFETIME);
    assertThat(answer(sent)).isEqualTo(new Ended.NotBegunHere());
    Sent quick = send();
    clock.advance(PendingSignIns.LIFETIME.minusMillis(1));
    assertThat(answer(quick)).isInstanceOf(Ended.SignedIn.class);
  }

  @Test
  void ofTooManyThatWaitTheNewestAreKept() {
    Sent oldest = send();
    clock.advance(Duration.ofSeconds(1));
    Sent newest = send();
    SERVER
        .superuser()
        .sql(
            """
            insert into identity.pending_sign_in
            select sha256(('full ' || n)::bytea), sha256('b'), 'x', :expires
              from generate_series(1, :most) n
            """)
        .param(
            "expires",
            clock
                .instant()
                .plus(PendingSignIns.LIFETIME)
                .minusMillis(500)
                .atOffset(java.time.ZoneOffset.UTC))
        .param("most", PendingSignIns.MOST)
        .update();
    try {
      // The first of a server sweeps.
      RelyingParty another = party(new ClientAuthentication.None(), egress);
      another.begin(plain(), Optional.empty());
      assertThat(answer(oldest)).isEqualTo(new Ended.NotBegunHere());
      assertThat(answer(newest)).isInstanceOf(Ended.SignedIn.class);
    } finally {
      SERVER
          .superuser()
          .sql("delete from identity.pending_sign_in where pending_sealed = 'x'")
          .update();
    }
  }

  @Test
  void anAnswerOfAnotherProviderIsRefused() {
    Sent mixed = send();
    assertThat(
            party.end(
                parameters("state", mixed.state(), "code", "c", "iss", "https://evil.example"),
                mixed.browser()))
        .isEqualTo(new Ended.Refused(SignInFault.CALLBACK_ISSUER));
    Sent unsaid = send();
    assertThat(party.end(parameters("state", unsaid.state(), "code", "c"), unsaid.browser()))
        .as("one that always says who it is")
        .isEqualTo(new Ended.Refused(SignInFault.CALLBACK_ISSUER));
  }

  @Test
  void aProviderThatDoesNotNameItselfNeedNot() {
    idp.document = json -> json.remove("authorization_response_iss_parameter_supported");
    Sent sent = send();
    idp.nonce = sent.parameters().getOrDefault("nonce", "");
    assertThat(party.end(parameters("state", sent.state(), "code", "c"), sent.browser()))
        .isInstanceOf(Ended.SignedIn.class);
  }

  @Test
  void whoTurnsBackHasNotSignedIn() {
    Sent sent = send();
    assertThat(
            party.end(
                parameters(
                    "state", sent.state(),
                    "error", "access_denied",
                    "iss", idp.issuer()),
                sent.browser()))
        .isEqualTo(new Ended.Declined());
    assertThat(answer(sent)).isEqualTo(new Ended.NotBegunHere());
  }

  @Test
  void whatIsNoAnswerIsNone() {
    for (Map<String, List<String>> parameters :
        List.<Map<String, List<String>>>of(
            Map.of(),
            Map.of("code", List.of("c")),
            Map.of("state", List.of("s")),
            Map.of("state", List.of("s"), "code", List.of("")),
            Map.of("state", List.of("s"), "code", List.of("c"), "error", List.of("e")),
            Map.of("state", List.of("s", "t"), "code", List.of("c")),
            Map.of("state", List.of("s"), "code", List.of("c", "c")),
            Map.of("state", List.of("s"), "code", List.of("c".repeat(2049))))) {
      assertThat(CallbackAnswer.of(parameters)).as(parameters.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "exp, 1, expired", "aud, them, audience", "iss, https://evil.example, issuer",
    "nonce, another, nonce", "sub, '', subject", "at_hash, wrong, access_token",
    "nbf, 9999999999, not_yet_valid", "azp, them, authorized_party"
  })
  void aTokenWithAFaultSignsNobodyIn(String claim, String value, String fault) {
    idp.claims =
        claims -> {
          if (value.matches("\\d+")) {
            claims.put(claim, Long.parseLong(value));
          } else {
            claims.put(claim, value);
          }
        };
    assertThat(answer(send())).isEqualTo(new Ended.Refused(Stored.of(SignInFault.class, fault)));
  }

  @Test
  void aTokenByNoKeyOrByTheirsSignsNobodyIn() {
    idp.header = head -> head.put("alg", "none");
    idp.signedBy = "nobody";
    assertThat(answer(send())).isEqualTo(new Ended.Refused(SignInFault.ALGORITHM));
    idp.header = head -> head.put("alg", "HS256").put("kid", "r");
    idp.signedBy = "public";
    assertThat(answer(send())).isEqualTo(new Ended.Refused(SignInFault.ALGORITHM));
    idp.header = head -> head.put("jku", "https://evil.example/keys");
    idp.signedBy = "other";
    assertThat(answer(send())).isEqualTo(new Ended.Refused(SignInFault.KEY_EMBEDDED));
    idp.header = head -> {};
    idp.signedBy = "e";
    idp.tokenAnswer = answer -> answer.remove("id_token");
    assertThat(answer(send())).isEqualTo(new Ended.Refused(SignInFault.MALFORMED));
  }

  @Test
  void aProviderWhoseKeysAreNotItsOwnSignsNobodyIn() throws Exception {
    idp.keySet = new TokenKeys().published();
    assertThat(answer(send()))
        .as("the names are right")
        .isEqualTo(new Ended.IdpUnavailable(Trouble.SIGNATURE));
    idp.header = head -> head.put("kid", "absent");
    idp.signedBy = "absent";
    assertThat(answer(send()))
        .as("the names are unknown")
        .isEqualTo(new Ended.IdpUnavailable(Trouble.SIGNATURE));
  }

  @ParameterizedTest
  @CsvSource({"500", "302", "404"})
  void aProviderWhoseKeysCannotBeHadSignsNobodyIn(int status) {
    idp.keyStatus = status;
    assertThat(answer(send())).isEqualTo(new Ended.IdpUnavailable(Trouble.KEYS));
    idp.keyStatus = 200;
    assertThat(answer(send()))
        .as("nobody asks again at once")
        .isEqualTo(new Ended.IdpUnavailable(Trouble.KEYS));
    assertThat(idp.keyFetches).hasValue(1);
    clock.advance(Fetched.PAUSE);
    assertThat(answer(send())).isInstanceOf(Ended.SignedIn.class);
  }

  @Test
  void aProviderThatIsTooSlowSignsNobodyIn() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    idp.beforeKeys =
        () -> {
          try {
            released.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (Egress impatient = TestEgress.toLoopback(Duration.ofSeconds(3), idp.port())) {
      party = party(new ClientAuthentication.None(), impatient);
      assertThat(answer(send())).isEqualTo(new Ended.IdpUnavailable(Trouble.KEYS));
    } finally {
      released.countDown();
    }
  }

  @Test
  void aKeyThatItChangedToIsFoundAtOnceAndWithoutItTheOldOnesServeOn() {
    assertThat(answer(send())).isInstanceOf(Ended.SignedIn.class);
    idp.keyStatus = 500;
    clock.advance(PublishedKeys.FRESH);
    assertThat(answer(send())).isInstanceOf(Ended.SignedIn.class);
    clock.advance(PublishedKeys.STALE);
    assertThat(answer(send())).isEqualTo(new Ended.IdpUnavailable(Trouble.KEYS));
  }

  @ParameterizedTest
  @CsvSource({"500, IdpUnavailable", "302, IdpUnavailable", "401, IdpUnavailable", "400, Refused"})
  void aTokenEndpointThatGivesNoneSignsNobodyIn(int status, String outcome) {
    idp.tokenStatus = status;
    assertThat(answer(send()).getClass().getSimpleName()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, https://evil.example",
    "issuer, ''",
    "token_endpoint, http://evil.example/token",
    "jwks_uri, ftp://127.0.0.1/keys",
    "authorization_endpoint, javascript:alert(1)",
    "authorization_endpoint, https://user@idp.example/",
    "jwks_uri, ''",
    "id_token_signing_alg_values_supported, HS256"
  })
  void aDocumentThatIsNotItsOwnOrLeadsElsewhereIsNotUsed(String member, String value) {
    idp.document =
        json -> {
          if (member.endsWith("supported")) {
            json.putArray(member).add(value);
          } else {
            json.put(member, value);
          }
        };
    assertThat(party.begin(plain(), Optional.empty()))
        .isEqualTo(new Begun.IdpUnavailable(Trouble.DOCUMENT));
  }

  @Test
  void aPrivateAddressThatTheDocumentNamesIsNotFetched() {
    idp.document = json -> json.put("jwks_uri", "https://169.254.169.254/keys");
    assertThat(answer(send())).isEqualTo(new Ended.IdpUnavailable(Trouble.KEYS));
  }

  @Test
  void whileTheProviderIsAwayNobodyBegins() {
    idp.discoveryStatus = 503;
    assertThat(party.begin(plain(), Optional.empty()))
        .isEqualTo(new Begun.IdpUnavailable(Trouble.DOCUMENT));
    idp.discoveryStatus = 200;
    assertThat(party.begin(plain(), Optional.empty()))
        .isEqualTo(new Begun.IdpUnavailable(Trouble.DOCUMENT));
    clock.advance(Fetched.PAUSE);
    assertThat(party.begin(plain(), Optional.empty())).isInstanceOf(Begun.Redirect.class);
  }

  @Test
  void whereItHasAPlaceForItBrowsersSignOutThereTooAndComeBack() {
    URI back = URI.create("http://127.0.0.1:8080/signed-out");
    idp.document = json -> json.put("end_session_endpoint", idp.issuer() + "/out?realm=a");
    if (!(party.signOut(back) instanceof SignOutWay.Redirect(URI location, String state))) {
      throw new AssertionError("nobody is led there");
    }
    assertThat(location.toString()).startsWith(idp.issuer() + "/out?");
    assertThat(ScriptedIdp.fields(location.getRawQuery()))
        .containsOnlyKeys("realm", "client_id", "post_logout_redirect_uri", "state")
        .containsEntry("client_id", "us")
        .containsEntry("post_logout_redirect_uri", back.toString())
        .containsEntry("state", state);
    assertThat(state).hasSize(43);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "javascript:alert(1)",
        "http://evil.example/out",
        "https://idp.example:8443/out",
        "https://10.0.0.1/out",
        "https://user@idp.example/out"
      })
  void nobodyIsSentToAPlaceThatTheRulesDoNotAdmit(String place) {
    idp.document = json -> json.put("end_session_endpoint", place);
    assertThat(party.signOut(URI.create("http://127.0.0.1:8080/signed-out")))
        .isEqualTo(new SignOutWay.None());
    idp.discoveryStatus = 503;
    clock.advance(Provider.STALE);
    assertThat(party.signOut(URI.create("http://127.0.0.1:8080/signed-out")))
        .isEqualTo(new SignOutWay.IdpUnavailable());
  }

  @Test
  void aStrongerAndNewerSignInIsAskedForAndHeldTo() {
    SignInAim.StepUp aim =
        new SignInAim.StepUp(
            new SessionId(new UUID(1, 2)), Optional.of(new TenantId(new UUID(3, 4))));
    SignInRequest stepUp =
        new SignInRequest(
            REDIRECT,
            ReturnPath.ROOT,
            aim,
            Duration.ofMinutes(5),
            party.valuesOf(AcrClass.PHISHING_RESISTANT));
    Sent weak = send(stepUp, Optional.empty());
    assertThat(weak.parameters())
        .containsEntry("prompt", "login")
        .containsEntry("max_age", "300")
        .containsEntry("acr_values", "phr phrh");
    assertThat(answer(weak)).isEqualTo(new Ended.Refused(SignInFault.ACR));
    idp.claims = claims -> claims.put("acr", "phr").put("auth_time", 1);
    assertThat(answer(send(stepUp, Optional.empty())))
        .isEqualTo(new Ended.Refused(SignInFault.AUTH_TIME));
    idp.claims = claims -> claims.put("acr", "phrh");
    assertThat(answer(send(stepUp, Optional.empty())))
        .isInstanceOfSatisfying(
            Ended.SignedIn.class, signedIn -> assertThat(signedIn.aim()).isEqualTo(aim));
  }

  @Test
  void whoWasRememberedFromBeforeHasNotSignedInAgain() {
    SignInRequest stepUp =
        new SignInRequest(
            REDIRECT,
            ReturnPath.ROOT,
            new SignInAim.AsPerson(),
            Duration.ofMinutes(5),
            List.of("mfa"));
    Sent sent = send(stepUp, Optional.empty());
    long began = clock.instant().getEpochSecond();
    idp.claims = claims -> claims.put("auth_time", began - 30);
    assertThat(answer(sent)).as("as far as clocks may differ").isInstanceOf(Ended.SignedIn.class);
    idp.claims = claims -> claims.put("auth_time", began - 31);
    assertThat(answer(send(stepUp, Optional.empty())))
        .isEqualTo(new Ended.Refused(SignInFault.AUTH_TIME));
    idp.claims = claims -> claims.remove("auth_time");
    assertThat(answer(send(stepUp, Optional.empty())))
        .isEqualTo(new Ended.Refused(SignInFault.AUTH_TIME));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "roles | {\"roles\":\"platform-admin\"} | true",
        "roles | {\"roles\":[\"a\",\"platform-admin\"]} | true",
        "/realm_access/roles | {\"realm_access\":{\"roles\":[\"platform-admin\"]}} | true",
        "https://acme.example/roles | {\"https://acme.example/roles\":[\"platform-admin\"]} | true",
        "roles | {} | false",
        "roles | {\"roles\":null} | false",
        "roles | {\"roles\":true} | false",
        "roles | {\"roles\":\"Platform-Admin\"} | false",
        "roles | {\"roles\":\"platform-admin other\"} | false",
        "roles | {\"roles\":[[\"platform-admin\"]]} | false",
        "roles | {\"roles\":{\"platform-admin\":true}} | false",
        "roles | {\"Roles\":\"platform-admin\"} | false",
        "/realm_access/roles | {\"/realm_access/roles\":\"platform-admin\"} | false",
        "/realm_access/roles | {\"realm_access\":[{\"roles\":\"platform-admin\"}]} | false"
      })
  void operatorsAreNamedByTheClaimThatIsSetAndByNothingElse(
      String claim, String claims, boolean named) {
    operators = Optional.of(new OperatorClaim(claim, Set.of("platform-admin", "root")));
    party = party(new ClientAuthentication.None(), egress);
    idp.claims = token -> token.setAll((ObjectNode) JsonMapper.shared().readTree(claims));
    assertOperator(named);
  }

  @Test
  void withoutSuchAClaimNobodyIsAnOperator() {
    idp.claims = token -> token.put("roles", "operator").put("operator", true);
    assertOperator(false);
  }

  private void assertOperator(boolean named) {
    assertThat(answer(send()))
        .isInstanceOfSatisfying(
            Ended.SignedIn.class,
            signedIn -> assertThat(signedIn.who().operator()).isEqualTo(named));
  }

  @Test
  void whoDoesNotSayWhenAndHowIsTakenForTheWeakest() {
    idp.claims =
        claims -> {
          claims.remove("auth_time");
          claims.put("acr", "urn:ours:very-strong");
          claims.put("name", "Ada\u202egrace");
        };
    assertThat(answer(send()))
        .isInstanceOfSatisfying(
            Ended.SignedIn.class,
            signedIn -> {
              assertThat(signedIn.who().acr()).isEqualTo(AcrClass.SINGLE_FACTOR);
              assertThat(signedIn.who().authTime()).isEqualTo(Instant.EPOCH);
              assertThat(signedIn.who().name()).isNull();
            });
  }

  @Test
  void theServerProvesItselfByASecretFromAFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("secret");
    Files.writeString(file, "a secret: with % and ü\n");
    party = party(new ClientSecret(file), egress);
    assertThat(answer(send())).isInstanceOf(Ended.SignedIn.class);
    assertThat(idp.authorization)
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("us:a+secret%3A+with+%25+and+%C3%BC".getBytes(UTF_8)));
    idp.document =
        json -> json.putArray("token_endpoint_auth_methods_supported").add("client_secret_post");
    clock.advance(Provider.FRESH);
    assertThat(answer(send())).isInstanceOf(Ended.SignedIn.class);
    assertThat(idp.authorization).isNull();
    assertThat(idp.tokenRequest).containsEntry("client_secret", "a secret: with % and ü");
    Files.delete(file);
    assertThat(answer(send())).isEqualTo(new Ended.IdpUnavailable(Trouble.CREDENTIAL));
  }

  @Test
  void orByASignatureForThisIssuerAlone() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();
    party = party(new ClientKey(key), egress);
    assertThat(answer(send())).isInstanceOf(Ended.SignedIn.class);
    SignedJWT assertion = SignedJWT.parse(idp.tokenRequest.get("client_assertion"));
    assertThat(assertion.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(assertion.getJWTClaimsSet().getAudience()).containsExactly(idp.issuer());
    assertThat(assertion.getJWTClaimsSet().getSubject()).isEqualTo("us");
    assertThat(assertion.getJWTClaimsSet().getExpirationTime().toInstant())
        .isEqualTo(clock.instant().plusSeconds(60));
  }

  private RelyingParty party(ClientAuthentication authentication, Egress way) {
    return new RelyingParty(
        new Client(
            new Issuer(idp.issuer()), "us", authentication, List.of("profile", "email"), operators),
        new AcrValues(List.of("mfa"), List.of("phr", "phrh")),
        new PendingSignIns(
            SERVER.app(), SERVER.transactions(), SERVER.bean(ColumnCipher.class), clock),
        way,
        new SecureRandom(),
        clock);
  }

  private static SignInRequest plain() {
    return SignInRequest.plain(REDIRECT, new ReturnPath("/there?a=b"));
  }

  private Sent send() {
    return send(plain(), Optional.empty());
  }

  private Sent send(SignInRequest request, Optional<BrowserHandle> browser) {
    Begun begun = party.begin(request, browser);
    assertThat(begun).isInstanceOf(Begun.Redirect.class);
    Begun.Redirect redirect = (Begun.Redirect) begun;
    return new Sent(
        new HashMap<>(ScriptedIdp.fields(redirect.location().getRawQuery())), redirect.browser());
  }

  private Ended answer(Sent sent) {
    idp.nonce = sent.parameters().getOrDefault("nonce", "");
    return party.end(granted(sent.state()), sent.browser());
  }

  private CallbackAnswer granted(String state) {
    return parameters("state", state, "code", "the code", "iss", idp.issuer());
  }

  private static CallbackAnswer parameters(String... pairs) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put(pairs[i], List.of(pairs[i + 1]));
    }
    return CallbackAnswer.of(parameters).orElseThrow();
  }
}
