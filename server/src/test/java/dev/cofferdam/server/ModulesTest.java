package dev.cofferdam.server;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.util.ResourceRetriever;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.cofferdam.planted.house.House;
import dev.cofferdam.server.tenancy.Scopes;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.SocketChannel;
import java.sql.DriverManager;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.transaction.annotation.Transactional;

/** The rules of the house. Each is seen to hold for the server, and to fire on what is planted. */
class ModulesTest {
  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.cofferdam.server");
  private static final JavaClasses PLANTED =
      new ClassFileImporter().importPackages("dev.cofferdam.planted");

  /**
   * The edges at which a scope is entered. Whoever adds one says why in the review of the change.
   */
  private static final String EDGES =
      either(
          "dev.cofferdam.server.tenancy.Scopes",
          "dev.cofferdam.server.tenancy.Tenants",
          "dev.cofferdam.server.tenancy.TenantGate",
          "dev.cofferdam.server.tenancy.TenantDirectory",
          "dev.cofferdam.server.tenancy.database.DatabaseHealth",
          "dev.cofferdam.server.keyring.KeyringStart",
          "dev.cofferdam.server.keyring.RootKeyReplacements",
          // What works on the logs of all tenants, one after the other.
          "dev.cofferdam.server.audit.OpsStore",
          "dev.cofferdam.server.audit.CheckpointKeys",
          "dev.cofferdam.server.audit.StoredReceipts",
          "dev.cofferdam.server.audit.store.LogScope",
          "dev.cofferdam.server.audit.store.PublishedKeys",
          "dev.cofferdam.server.identity.RingMac",
          "dev.cofferdam.server.identity.Revocations",
          "dev.cofferdam.server.identity.RevocationKeeper",
          "dev.cofferdam.server.identity.LiveSessions",
          "dev.cofferdam.server.identity.Profiles",
          "dev.cofferdam.server.identity.SealedCursors",
          "dev.cofferdam.server.identity.SignUp",
          "dev.cofferdam.server.identity.Sessions",
          "dev.cofferdam.server.identity.EmergencySessions",
          "dev.cofferdam.server.identity.StepUps",
          "dev.cofferdam.server.identity.Workspaces",
          "dev.cofferdam.server.identity.closing.Erasures",
          "dev.cofferdam.server.identity.domain.DomainChecks",
          "dev.cofferdam.server.identity.domain.DomainRounds",
          "dev.cofferdam.server.identity.provider.PlacedProviders",
          "dev.cofferdam.server.identity.provider.ProviderLetters",
          "dev.cofferdam.server.identity.provider.TenantSignIns",
          "dev.cofferdam.server.identity.token.LiveTokens",
          "dev.cofferdam.server.identity.token.AllowedTokens",
          "dev.cofferdam.server.identity.token.MadeTokens",
          "dev.cofferdam.server.identity.invite.Invitations",
          "dev.cofferdam.server.identity.emergency.EmergencyLetters",
          "dev.cofferdam.server.identity.invite.LetterSender",
          "dev.cofferdam.server.identity.oidc.PendingSignIns",
          "dev.cofferdam.server.oauth.exchange.MadeRules",
          "dev.cofferdam.server.oauth.exchange.PlacedRules",
          "dev.cofferdam.server.oauth.issuing.EndedTokens",
          "dev.cofferdam.server.oauth.issuing.SigningKeys",
          "dev.cofferdam.server.oauth.issuing.KeyTurns",
          "dev.cofferdam.server.oauth.proof.UsedOnce",
          "dev.cofferdam.server.oauth.service.FoundServiceClients",
          "dev.cofferdam.server.oauth.service.MadeServiceClients",
          "dev.cofferdam.server.nodes.NodeClients",
          "dev.cofferdam.server.nodes.OwnKeys",
          "dev.cofferdam.server.nodes.Registrations",
          "dev.cofferdam.server.oauth.client.Clients",
          "dev.cofferdam.server.oauth.client.OpenClients",
          "dev.cofferdam.server.oauth.client.PlacedClients",
          "dev.cofferdam.server.oauth.authorization.Consents",
          "dev.cofferdam.server.oauth.authorization.GrantHolders",
          "dev.cofferdam.server.oauth.authorization.Redemptions",
          "dev.cofferdam.server.oauth.device.DeviceAnswers",
          "dev.cofferdam.server.oauth.device.DeviceGrant",
          "dev.cofferdam.server.oauth.device.DeviceRequests",
          "dev.cofferdam.server.operations.SignOffs",
          // What turns the rings of all tenants, and looks at them.
          "dev.cofferdam.server.rotation.DestructionWorker",
          "dev.cofferdam.server.rotation.Destructions",
          "dev.cofferdam.server.rotation.KeyEndings",
          "dev.cofferdam.server.rotation.KeyRuns",
          "dev.cofferdam.server.rotation.Retirements",
          "dev.cofferdam.server.rotation.Rings",
          "dev.cofferdam.server.rotation.RunWorker",
          "dev.cofferdam.server.edge.door.Bindings");

  static List<Arguments> rules() {
    return List.of(
        rule(
            noClasses()
                .that()
                .haveNameNotMatching(EDGES)
                .should()
                .accessTargetWhere(
                    target(owner(type(Scopes.class))).and(target(nameMatching("call|run"))))
                .because("a scope is entered at the named edges only"),
            "EntersAScope",
            "EntersAScopeByReference"),
        rule(
            noClasses()
                .that()
                .resideOutsideOfPackage("dev.cofferdam.server.tenancy..")
                .and()
                .haveNameNotMatching(
                    either(
                        "dev.cofferdam.server.launch.Foundation",
                        "dev.cofferdam.server.keyring.RootKeyOfDatabase"))
                .should()
                .accessTargetWhere(
                    target(
                            owner(
                                assignableTo(DriverManager.class)
                                    .or(assignableTo(DataSource.class))))
                        .and(target(nameMatching("getConnection"))))
                .because("connections come bound, out of tenancy"),
            "OpensAConnection",
            "TakesAConnection"),
        rule(
            noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .because("a virtual thread is never used twice, and a scope is a ScopedValue"),
            "KeepsPerThread"),
        rule(
            noClasses()
                .that()
                .resideOutsideOfPackage("dev.cofferdam.server.tenancy.database..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(JdbcTemplate.class)
                .because("statements go through JdbcClient; migrations alone are run as they are"),
            "UsesTheOlderTemplate"),
        rule(
            noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Transactional.class)
                .because("a transaction is visible in the service that needs it"),
            "HidesItsTransaction"),
        rule(
            noClasses()
                .that()
                .resideOutsideOfPackage("dev.cofferdam.server.egress..")
                .and()
                .haveNameNotMatching(
                    // The others read what is in an archive of this server.
                    either(
                        "dev.cofferdam.server.postgres.Binaries",
                        // Of a command line: asks the server that its operator names, and no other.
                        "dev.cofferdam.server.launch.OperatorServer",
                        "dev.cofferdam.server.launch.settings.KnownSettings",
                        // Ends what others send over connections that they opened.
                        "dev.cofferdam.server.edge.wire.BoundedProtocol"))
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                            "java.net.http..",
                            "org.apache.hc..",
                            "org.springframework.web.client..",
                            "org.springframework.http.client..",
                            "org.springframework.web.reactive..",
                            "com.nimbusds.oauth2.sdk.http..")
                        .or(assignableTo(URLConnection.class))
                        .or(assignableTo(Socket.class))
                        .or(assignableTo(SocketChannel.class))
                        .or(assignableTo(ResourceRetriever.class)))
                .orShould()
                .accessTargetWhere(
                    target(owner(type(URL.class)))
                        .and(target(nameMatching("open.*|getContent")))
                        .or(target(owner(type(JWKSet.class))).and(target(nameMatching("load"))))
                        .or(target(owner(type(JWKSourceBuilder.class)))))
                .because("whatever leaves this machine goes through the one client of egress"),
            "AsksAnotherMachine",
            "ReadsAnAddress",
            "LetsALibraryFetchKeys"),
        rule(
            noClasses()
                .that()
                .resideInAnyPackage(
                    "dev.cofferdam.server.tenancy..",
                    "dev.cofferdam.server.keyring..",
                    "dev.cofferdam.planted..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("time comes from the injected clock"),
            "ReadsTheClock"));
  }

  private static Arguments rule(ArchRule rule, String... planted) {
    return Arguments.of(rule, List.of(planted));
  }

  private static String either(String... classes) {
    return List.of(classes).stream()
        .map(name -> Pattern.quote(name) + "(\\$.*)?")
        .collect(Collectors.joining("|"));
  }

  @Test
  void theModulesUseOnlyWhatTheyDeclare() {
    // Not verify(): once it has thrown, it takes the same modules for verified.
    ApplicationModules.of(Cofferdam.class).detectViolations().throwIfPresent();
  }

  @Test
  void aModuleThatReachesIntoAnotherIsFound() {
    assertThat(
            ApplicationModules.of(House.class, location -> true).detectViolations().getMessages())
        .isNotEmpty()
        .allSatisfy(
            message ->
                assertThat(message)
                    .contains("Module 'left' depends on non-exposed type", "Hidden"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theServerKeepsEachRule(ArchRule rule, List<String> planted) {
    rule.check(SERVER);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void eachRuleFiresOnWhatIsPlantedForItAndOnNothingElse(ArchRule rule, List<String> planted) {
    for (JavaClass suspect : PLANTED) {
      boolean fires =
          rule.evaluate(PLANTED.that(com.tngtech.archunit.base.DescribedPredicate.equalTo(suspect)))
              .hasViolation();
      assertThat(fires)
          .as("%s against: %s", suspect.getSimpleName(), rule.getDescription())
          .isEqualTo(planted.contains(suspect.getSimpleName()));
    }
  }
}
