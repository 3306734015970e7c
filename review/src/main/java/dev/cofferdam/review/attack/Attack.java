package dev.cofferdam.review.attack;

import dev.cofferdam.review.web.NobodyThereException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * One attack.
 *
 * @param id the threat, a dot and a name, for example {@code ISO-04.unbound-read}
 * @param does what the attacker does, in one line
 * @param needs what the attacker holds
 * @param assault plays the attacker
 * @param alive does, as the same identity, what it may do: a refusal counts only when this succeeds
 * @param portable the same two where there is no laboratory around the server; empty for an attack
 *     that needs one
 */
public record Attack(
    String id,
    String does,
    Mode mode,
    Set<Identity> needs,
    Assault assault,
    Probe alive,
    Optional<Portable> portable) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(100);

  public Attack {
    needs = Set.copyOf(needs);
    if (!id.matches("[A-Z]{3}-[0-9]{2}\\.[a-z0-9-]+")) {
      throw new IllegalArgumentException("`" + id + "` is no identifier of an attack");
    }
    if (needs.isEmpty()) {
      throw new IllegalArgumentException("attack " + id + " is nobody's");
    }
  }

  /** An attack that needs the laboratory. */
  public Attack(
      String id, String does, Mode mode, Set<Identity> needs, Assault assault, Probe alive) {
    this(id, does, mode, needs, assault, alive, Optional.empty());
  }

  /**
   * An attack that may be played on a server in use too: over HTTP alone, and leaving nothing there
   * but the records of what its attackers did and were denied.
   */
  public static Attack portable(
      String id, String does, Mode mode, Set<Identity> needs, Portable portable) {
    return new Attack(
        id,
        does,
        mode,
        needs,
        target -> portable.assault().run(target.scene()),
        target -> portable.alive().check(target.scene()),
        Optional.of(portable));
  }

  /**
   * An attack that may be played too on a server where both tenants are the review's own: over HTTP
   * alone, and whatever it changes or uses up is theirs.
   */
  public static Attack amongOwn(
      String id,
      String does,
      Mode mode,
      Set<Identity> needs,
      Portable.Assault assault,
      Portable.Probe alive) {
    return amongOwn(id, does, mode, needs, assault, alive, target -> alive.check(target.scene()));
  }

  /**
   * The same where a laboratory can show more.
   *
   * @param inLaboratory in the place of {@code alive} there: it may use up all that the target has
   */
  public static Attack amongOwn(
      String id,
      String does,
      Mode mode,
      Set<Identity> needs,
      Portable.Assault assault,
      Portable.Probe alive,
      Probe inLaboratory) {
    return new Attack(
        id,
        does,
        mode,
        needs,
        target -> assault.run(target.scene()),
        inLaboratory,
        Optional.of(new Portable(assault, alive, Portable.Reach.OWN_TENANTS)));
  }

  /** The same for one that meets limits: none remembers what was asked before it or its probe. */
  public static Attack restedAmongOwn(
      String id,
      String does,
      Mode mode,
      Set<Identity> needs,
      Portable.Assault assault,
      Portable.Probe alive) {
    return amongOwn(
        id,
        does,
        mode,
        needs,
        scene -> {
          scene.web().rest();
          return assault.run(scene);
        },
        scene -> {
          scene.web().rest();
          return alive.check(scene);
        });
  }

  /** The same attack, said to take away what others need: it is played last. */
  public Attack usingUp() {
    return new Attack(
        id,
        does,
        mode,
        needs,
        assault,
        alive,
        portable.map(
            here -> new Portable(here.assault(), here.alive(), Portable.Reach.SPENT_TENANTS)));
  }

  /** Whether it may be played where people work, or where both tenants are the review's own. */
  public boolean isPlayedAt(Portable.Reach place) {
    return portable.filter(here -> here.reach().compareTo(place) <= 0).isPresent();
  }

  /**
   * An attack that needs the laboratory and meets limits: none remembers what was asked before it
   * or its probe.
   */
  public static Attack rested(
      String id, String does, Mode mode, Set<Identity> needs, Assault assault, Probe alive) {
    return new Attack(
        id,
        does,
        mode,
        needs,
        target -> {
          target.web().rest();
          return assault.run(target);
        },
        target -> {
          target.web().rest();
          return alive.check(target);
        });
  }

  /** Plays the attacker. What it throws is not a verdict: the run calls it inconclusive. */
  @FunctionalInterface
  public interface Assault {
    Verdict run(Target target) throws Exception;
  }

  /** Checks that the target still works for whoever attacks it. */
  @FunctionalInterface
  public interface Probe {
    /**
     * Returns what worked.
     *
     * @throws Exception when it did not, saying what
     */
    String check(Target target) throws Exception;
  }

  /** The identifier of the threat that this attack plays. */
  public String threat() {
    return id.substring(0, id.indexOf('.'));
  }

  /** Whether it comes by the server's routes. */
  public boolean isOverHttp() {
    return needs.stream().anyMatch(Identity::isOverHttp);
  }

  /** Does what the attacker may, and says what worked. */
  @FunctionalInterface
  private interface Check {
    String works() throws Exception;
  }

  /**
   * Asks again while the server says that it cannot record for now: its database has just been
   * exchanged for another, and it takes a moment to find its way in that one.
   */
  private static String works(Check alive) throws Exception {
    for (long until = System.nanoTime() + PATIENCE.toNanos(); ; Thread.sleep(PAUSE)) {
      try {
        return alive.works();
      } catch (RuntimeException dead) {
        if (!dead.toString().contains("audit_unavailable") || System.nanoTime() > until) {
          throw dead;
        }
      }
    }
  }

  /** Plays the attack, then makes sure that a refusal is one. */
  public Verdict play(Target target) {
    return played(() -> assault.run(target), () -> alive.check(target));
  }

  /**
   * The same on a server that is no laboratory's.
   *
   * @throws NobodyThereException when somebody is missing whom the attack needs
   * @throws java.util.NoSuchElementException when the attack is not portable
   */
  public Verdict play(Scene scene) {
    Portable here = portable.orElseThrow();
    return played(() -> here.assault().run(scene), () -> here.alive().check(scene));
  }

  private static Verdict played(Callable<Verdict> assault, Check alive) {
    Verdict verdict;
    try {
      verdict = assault.call();
    } catch (NobodyThereException missing) {
      throw missing;
    } catch (Exception failed) {
      if (failed instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return new Verdict.Inconclusive("the attack could not be carried out: " + failed);
    }
    if (!(verdict instanceof Verdict.Refused refused)) {
      return verdict;
    }
    try {
      return new Verdict.Refused(refused.evidence() + "; meanwhile " + works(alive));
    } catch (NobodyThereException missing) {
      throw missing;
    } catch (Exception dead) {
      if (dead instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return new Verdict.Inconclusive(
          "refused, but nothing else works either: " + dead + " (" + refused.evidence() + ")");
    }
  }
}
