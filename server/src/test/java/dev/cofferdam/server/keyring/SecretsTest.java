package dev.cofferdam.server.keyring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where secrets may come out, and where they may not be kept. */
class SecretsTest {
  /** INVARIANT: every class that can see the bytes of a secret stands here. */
  private static final Set<String> SEE_SECRETS =
      Set.of(
          "dev.cofferdam.node.client.ExecCommand",
          "dev.cofferdam.node.client.SecretCommand",
          "dev.cofferdam.protocol.crypto.Internal",
          "dev.cofferdam.server.audit.PersonalRecords",
          "dev.cofferdam.server.identity.SealedCursors",
          "dev.cofferdam.server.identity.Profiles",
          "dev.cofferdam.server.identity.invite.SealedAddresses",
          "dev.cofferdam.server.identity.oidc.PendingSignIns",
          "dev.cofferdam.server.identity.provider.SealedCredentials",
          "dev.cofferdam.server.keyring.ColumnCipher",
          "dev.cofferdam.server.keyring.RingKey",
          "dev.cofferdam.server.keyring.RootKey",
          "dev.cofferdam.server.keyring.RootKeyFile",
          "dev.cofferdam.server.keyring.Transit",
          "dev.cofferdam.server.keyring.WrappedRootKey",
          "dev.cofferdam.server.keyring.Wrapping",
          "dev.cofferdam.server.secrets.NodeReads",
          "dev.cofferdam.server.secrets.ValueCells");

  private static final Set<String> BARE = Set.of("[B", "[C", "java.lang.String");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(password|passphrase|secret|token|credential|privateKey|apiKey|seed)|^key$|.+Key$");
  private static final Pattern KEPT_SAFELY =
      Pattern.compile(
          ".*(Hash|Wrapped|Sealed|Public|publicKey|File|Id|Name|Type|AuthMethod|Endpoint)$");

  /** By their thumbprints. */
  private static final Set<String> NAMES_OF_PUBLIC_KEYS =
      Set.of(
          "dev.cofferdam.server.console.NodeLine.key",
          "dev.cofferdam.server.nodes.web.NodeBody.authenticationKey",
          "dev.cofferdam.server.nodes.web.NodeBody.receivingKey");

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.cofferdam");

  private static final ArchRule ACCESS_IS_ISSUED_TO_FEW =
      noClasses()
          .that(describe("do not stand in the list", type -> !seesSecrets(type)))
          .should()
          .accessTargetWhere(issues())
          .because(
              "searching for SecretAccess.issue must find every place where a secret comes out");

  private static final ArchRule RECORDS_HOLD_NO_SECRETS =
      ArchRuleDefinition.classes()
          .that()
          .areRecords()
          .should(haveNoSecretComponent())
          .because("a record prints and compares its components");

  @Test
  void onlyTheListedClassesSeeSecrets() {
    ACCESS_IS_ISSUED_TO_FEW.check(PRODUCTION);
    assertThat(SEE_SECRETS)
        .as("a class of the list that sees no secrets is to be removed")
        .allMatch(name -> PRODUCTION.get(name).getAccessesFromSelf().stream().anyMatch(issues()));
  }

  @Test
  void noRecordHoldsASecret() {
    RECORDS_HOLD_NO_SECRETS.check(PRODUCTION);
  }

  @Test
  void theRulesFire() {
    JavaClasses planted =
        new ClassFileImporter().importClasses(List.of(Planted.class, ByReference.class));
    assertThatThrownBy(() -> ACCESS_IS_ISSUED_TO_FEW.check(planted))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Planted")
        .hasMessageContaining("ByReference");
    for (Class<?> record :
        List.of(OfSecretBytes.class, OfBytes.class, OfText.class, OfCharacters.class)) {
      JavaClasses one = new ClassFileImporter().importClasses(record);
      assertThatThrownBy(() -> RECORDS_HOLD_NO_SECRETS.check(one))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(record.getSimpleName());
    }
    RECORDS_HOLD_NO_SECRETS.check(new ClassFileImporter().importClasses(Harmless.class));
  }

  private static boolean seesSecrets(JavaClass type) {
    return belongToAnyOf(SEE_SECRETS.stream().map(SecretsTest::named).toArray(Class<?>[]::new))
        .test(type);
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name, false, SecretsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static DescribedPredicate<JavaAccess<?>> issues() {
    return describe(
        "issue access to secrets",
        access -> {
          AccessTarget target = access.getTarget();
          return target.getName().equals("issue")
              && target.getOwner().isEquivalentTo(SecretAccess.class);
        });
  }

  private static ArchCondition<JavaClass> haveNoSecretComponent() {
    return new ArchCondition<>("have no secret among their components") {
      @Override
      public void check(JavaClass record, ConditionEvents events) {
        for (JavaField field : record.getFields()) {
          String type = field.getRawType().getName();
          boolean named =
              SECRET.matcher(field.getName()).find()
                  && !field.getModifiers().contains(JavaModifier.STATIC)
                  && !NAMES_OF_PUBLIC_KEYS.contains(field.getFullName())
                  && !KEPT_SAFELY.matcher(field.getName()).matches();
          if (type.equals(SecretBytes.class.getName()) || BARE.contains(type) && named) {
            events.add(SimpleConditionEvent.violated(record, field.getDescription()));
          }
        }
      }
    };
  }

  private static final class Planted {
    @SuppressWarnings("unused")
    private final SecretAccess access = SecretAccess.issue();
  }

  private static final class ByReference {
    @SuppressWarnings("unused")
    private final Supplier<SecretAccess> access = SecretAccess::issue;
  }

  private record OfSecretBytes(SecretBytes anything) {}

  private record OfBytes(byte[] signingKey) {}

  private record OfText(String password) {}

  private record OfCharacters(char[] clientSecret) {}

  private record Harmless(byte[] keyWrapped, String secretName, byte[] publicKey) {}
}
