package dev.cofferdam.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme_univ",
        "Acme-Univ",
        "Acme Univ!",
        "аcme-univ",
        "acme--univ",
        "-acme",
        "acme-",
        "1acme",
        "acme.univ",
        "acme\u200Buniv",
        "acme\nuniv",
        "ａcme",
        "acme\u0000"
      })
  void whatIsNotWrittenAsASlugIsRefusedAndNeverMadeIntoOne(String text) {
    assertThat(Slug.refusal(text)).contains(Slug.Refusal.FORM);
    assertThatThrownBy(() -> new Slug(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ab, TOO_SHORT",
    "a2345678901234567890123456789012345678901, TOO_LONG",
    "admin, RESERVED",
    "adm1n, RESERVED",
    "vvvvvv, RESERVED",
    "pg-catalog, RESERVED",
    "pgcatalog, RESERVED",
    "p-u-b-l-i-c, RESERVED",
    "cofferdarn, RESERVED"
  })
  void theReasonOfARefusalIsNamed(String text, Slug.Refusal why) {
    assertThat(Slug.refusal(text)).contains(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "acme-univ", "a1b-2c", "a234567890123456789012345678901234567890"})
  void aWellWrittenSlugIsTakenAsItIs(String text) {
    assertThat(new Slug(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme_univ",
        "Acme Univ!",
        "аcme-univ",
        "acme-un1v",
        "acme-unlv",
        "acmeuniv",
        "ACME-UNIV",
        "acrne-univ",
        "a-c-m-e-u-n-i-v",
        "acme-unιv",
        "аⅽme—univ",
        "acme\u200D-univ"
      })
  void whatCouldBeTakenForATenantHasItsSkeleton(String text) {
    assertThat(Skeleton.of(text)).isEqualTo(Skeleton.of("acme-univ"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme-univs", "acne-univ", "acme-uni", "bcme-univ", "acme-univ-2"})
  void whatReadsDifferentlyHasAnother(String text) {
    assertThat(Skeleton.of(text)).isNotEqualTo(Skeleton.of("acme-univ"));
  }

  @Property(tries = 500)
  void aSkeletonIgnoresSeparatorsAndCaseAndIsStable(@ForAll("slugs") String text) {
    String skeleton = Skeleton.of(text);
    assertThat(Skeleton.of(text.replace("-", ""))).isEqualTo(skeleton);
    assertThat(Skeleton.of(text.replace("-", "_").toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo(skeleton);
    assertThat(skeleton).isNotEmpty().doesNotContain("-");
  }

  @Property(tries = 500)
  void theSkeletonOfASlugIsThatOfItsCharacters(@ForAll("slugs") String text) {
    assertThat(Skeleton.of(text)).isEqualTo(Skeleton.ofAnything(text));
  }

  @Property(tries = 500)
  void everyTextIsEitherRefusedOrKeptLetterByLetter(@ForAll String text) {
    if (Slug.refusal(text).isEmpty()) {
      assertThat(new Slug(text).text()).isEqualTo(text).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    } else {
      assertThatThrownBy(() -> new Slug(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Provide
  Arbitrary<String> slugs() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('0', '9')
        .ofMinLength(1)
        .ofMaxLength(8)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(words -> "a" + String.join("-", words));
  }
}
