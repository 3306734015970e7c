package dev.cofferdam.review.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Each kind of weaving on a class of ours: exactly as before with the layer in, and gone with it
 * out.
 */
final class WeaverTest {

  /** What is woven. */
  public static class Guard {
    public boolean allows() {
      return false;
    }

    public void check() {
      throw new IllegalStateException("refused");
    }

    public String skeleton(String name) {
      return name.toLowerCase(java.util.Locale.ROOT);
    }

    public byte[] seal(String cell, byte[] plaintext) {
      return new byte[] {9, 9};
    }

    public String denied(String visit, String refusal) {
      throw new IllegalStateException("a record of " + visit + " was written");
    }

    public String sql(String text) {
      return text;
    }

    public byte[] aad(String cell) {
      return cell.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    public Optional<String> weakness(byte[] key) {
      return Optional.of("weak");
    }

    public Thread.State standing() {
      return Thread.State.TERMINATED;
    }

    public Guard other() {
      return new Guard();
    }

    public String made(String cookie) {
      return cookie;
    }

    public String sent() {
      return "cofferdam";
    }
  }

  @AfterEach
  void everythingIn() {
    Switches.take(Set.of());
  }

  /** Has a clock to hand out. */
  private record Tower(Clock clock) {}

  @Test
  void whateverHandsOutAClockIsLookedInto() throws IOException {
    assertThat(Weaver.mayHandOutClock(ClassFileLocator.ForClassLoader.read(Tower.class))).isTrue();
    assertThat(Weaver.mayHandOutClock(ClassFileLocator.ForClassLoader.read(Guard.class))).isFalse();
  }

  @Test
  void withTheLayerInNothingChanges() throws ReflectiveOperationException {
    Object guard = woven();

    assertThat(Reflected.call(guard, "allows")).isEqualTo(false);
    assertThat(Reflected.call(guard, "skeleton", "ACME")).isEqualTo("acme");
    assertThat(Reflected.call(guard, "sql", "tenant_id = :tenant"))
        .isEqualTo("tenant_id = :tenant");
    assertThatThrownBy(() -> Reflected.call(guard, "denied", "visit", "refusal"))
        .hasMessageContaining("was written");
    assertThat(Reflected.call(guard, "seal", "cell", new byte[] {1})).isEqualTo(new byte[] {9, 9});
    assertThat(Reflected.call(guard, "weakness", new byte[1])).isEqualTo(Optional.of("weak"));
    assertThat(Reflected.call(guard, "standing")).isEqualTo(Thread.State.TERMINATED);
    assertThat(Reflected.call(guard, "other")).isNotSameAs(guard);
    assertThat(Reflected.call(guard, "made", "__Host-a")).isEqualTo("__Host-a");
    assertThat(Reflected.call(guard, "sent")).isEqualTo("cofferdam");
  }

  @Test
  void withTheLayerOutItIsGone() throws ReflectiveOperationException {
    Object guard = woven();
    Switches.take(Set.of("layer"));

    assertThat(Reflected.call(guard, "allows")).isEqualTo(true);
    assertThat(Reflected.call(guard, "check")).isEqualTo("");
    assertThat(Reflected.call(guard, "skeleton", "ACME")).isEqualTo("ACME");
    assertThat(Reflected.call(guard, "seal", "cell", new byte[] {1})).isEqualTo(new byte[] {1});
    assertThat(Reflected.call(guard, "denied", "visit", "refusal")).isEqualTo("refusal");
    assertThat(
            Reflected.call(guard, "sql", "select 1 from t where t.tenant_id = :tenant and a = 1"))
        .isEqualTo("select 1 from t where (:tenant)::uuid is not null and a = 1");
    assertThat(
            Reflected.call(guard, "sql", "select 1 from tenancy.tenant where tenant_id = :tenant"))
        .isEqualTo("select 1 from tenancy.tenant where tenant_id = :tenant");
    assertThat(Reflected.call(guard, "aad", "a")).isEqualTo(Reflected.call(guard, "aad", "b"));
    assertThat(Reflected.call(guard, "weakness", new byte[1])).isEqualTo(Optional.empty());
    assertThat(Reflected.call(guard, "standing")).isEqualTo(Thread.State.NEW);
    assertThat(Reflected.call(guard, "other")).isSameAs(guard);
    assertThat(Reflected.call(guard, "made", "__Host-a")).isEqualTo("a");
    assertThat(Reflected.call(guard, "sent")).isEqualTo("__Host-cofferdam");
  }

  private static Object woven() throws ReflectiveOperationException {
    DynamicType.Builder<?> made = new ByteBuddy().redefine(Guard.class);
    made =
        Weaver.woven(
            made,
            List.of(
                seam(Seams.Kind.SAY_YES, "allows"),
                seam(Seams.Kind.SKIP, "check"),
                seam(Seams.Kind.GIVE_BACK, "skeleton"),
                seam(Seams.Kind.GIVE_BACK_LAST, "seal"),
                seam(Seams.Kind.PASS_LAST, "denied"),
                seam(Seams.Kind.LOOSEN, "sql"),
                seam(Seams.Kind.SAME_BYTES, "aad"),
                seam(Seams.Kind.FIND_NOTHING, "weakness"),
                seam(Seams.Kind.SAY_FIRST, "standing"),
                seam(Seams.Kind.PASS_SELF, "other"),
                seam(Seams.Kind.UNPREFIX, "made"),
                seam(Seams.Kind.REPREFIX, "sent")));
    return made.make()
        .load(WeaverTest.class.getClassLoader(), ClassLoadingStrategy.Default.CHILD_FIRST)
        .getLoaded()
        .getDeclaredConstructor()
        .newInstance();
  }

  private static Seams.Seam seam(Seams.Kind kind, String method) {
    return new Seams.Seam(kind, "layer", Guard.class.getName(), method);
  }
}
