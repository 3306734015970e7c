package dev.cofferdam.server.authz;

import dev.cofferdam.server.authz.Decision.Denied;
import dev.cofferdam.server.authz.Decision.Permitted;
import dev.cofferdam.server.surface.Access;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by the policies. Safe for use by many threads; never throws for a fact that it is given.
 * A decision that was made before takes well under a microsecond, a new one some hundred.
 */
public final class Authorization {
  private static final Logger LOG = LoggerFactory.getLogger(Authorization.class);
  private static final Decision PERMITTED = new Permitted();

  private final Policies policies;
  private final Counter failures;
  private final Memo memo = new Memo(this::ask);

  Authorization(Policies policies, MeterRegistry meters) {
    this.policies = policies;
    this.failures =
        Counter.builder("cofferdam.authz.failures")
            .description("decisions that came to a denial because a policy could not be evaluated")
            .register(meters);
  }

  /**
   * Decides by the policies that this server ships.
   *
   * @throws PoliciesRefusedException when they cannot be read, or say what the schema does not know
   */
  public static Authorization ofServer(MeterRegistry meters) {
    return new Authorization(AuthzConfiguration.shipped(), meters);
  }

  /** Whether a caller gets as far as a handler. */
  public Decision enter(Entrance facts) {
    return permits(facts) ? PERMITTED : new Denied(reason(facts));
  }

  /** Whether something may be done within a tenant. */
  public Decision decide(Facts facts) {
    return permits(facts) ? PERMITTED : new Denied(reason(facts));
  }

  private boolean permits(Entrance facts) {
    return memo.permits(Questions.index(facts), () -> Questions.of(facts));
  }

  private boolean permits(Facts facts) {
    Standing standing = facts.standing();
    Act act = facts.action().act();
    return memo.permits(Questions.index(act, standing), () -> Questions.of(act, standing))
        && allows(facts.action(), standing, facts.matter());
  }

  private boolean allows(Action action, Standing standing, Matter matter) {
    return memo.permits(
        Questions.index(action, standing.subject(), standing.membership(), matter),
        () -> Questions.of(action, standing.subject(), standing.membership(), matter));
  }

  /** What is in the way, the first thing first. What would not help is not named. */
  private Reason reason(Entrance facts) {
    if (facts.subject() == Subject.ANONYMOUS) {
      return Reason.NOT_SIGNED_IN;
    }
    if (facts.access() == Access.OPERATOR && facts.subject() != Subject.OPERATOR) {
      return Reason.NOT_ALLOWED;
    }
    boolean people =
        switch (facts.subject()) {
          case PERSON, OPERATOR, VISITOR -> true;
          case ANONYMOUS, AGENT, SERVICE, NODE -> false;
        };
    if (facts.access() == Access.PERSON && !people) {
      return Reason.NO_PERSON;
    }
    // Told before anything else, since nothing that the caller could show or do would help.
    if ((facts.access() == Access.NODE) != (facts.subject() == Subject.NODE)) {
      return Reason.NOT_ALLOWED;
    }
    if (facts.access() == Access.TENANT || facts.access() == Access.NODE) {
      if (!facts.workspace()) {
        return Reason.NO_WORKSPACE;
      }
      if (!facts.open()) {
        return Reason.CLOSED;
      }
    }
    if (facts.access() == Access.TENANT
        && (facts.subject() == Subject.VISITOR ? !facts.emergency() : !facts.roleDeclared())) {
      return Reason.NOT_ALLOWED;
    }
    if (!facts.scope()) {
      return Reason.SCOPE;
    }
    if (!facts.assurance()) {
      return people ? Reason.ASSURANCE : Reason.NO_PERSON;
    }
    return Reason.NOT_ALLOWED;
  }

  /** What is in the way. Whoever may not see the thing learns nothing else of it. */
  private Reason reason(Facts facts) {
    Standing standing = facts.standing();
    if (!standing.sameTenant() || !isVisible(facts)) {
      return Reason.NOT_VISIBLE;
    }
    if (!permits(new Facts(facts.action(), standing.withAllSufficient(), facts.matter()))) {
      return permits(
              new Facts(facts.action(), standing.withAllSufficient(), ifActive(facts.matter())))
          ? Reason.ARCHIVED
          : Reason.NOT_ALLOWED;
    }
    if (!standing.open()) {
      return Reason.CLOSED;
    }
    if (!standing.scope()) {
      return Reason.SCOPE;
    }
    return standing.subject() == Subject.PERSON ? Reason.ASSURANCE : Reason.NO_PERSON;
  }

  private boolean isVisible(Facts facts) {
    Standing standing = facts.standing().withAllSufficient();
    return switch (facts.matter()) {
      case Matter.OnTenant tenant -> true;
      case Matter.OnRole role ->
          permits(new Facts(Action.VIEW_PEOPLE, standing, new Matter.OnTenant()));
      case Matter.OnThing thing -> permits(new Facts(Action.VIEW_THING, standing, thing));
      case Matter.OnRelation about ->
          permits(
              new Facts(
                  Action.VIEW_THING, standing, new Matter.OnThing(about.reach(), about.state())));
    };
  }

  private static Matter ifActive(Matter matter) {
    return switch (matter) {
      case Matter.OnTenant tenant -> tenant;
      case Matter.OnRole role -> role;
      case Matter.OnThing thing -> new Matter.OnThing(thing.reach(), Matter.State.ACTIVE);
      case Matter.OnRelation about ->
          new Matter.OnRelation(about.reach(), Matter.State.ACTIVE, about.given());
    };
  }

  private Policies.Answer ask(Question question) {
    Policies.Answer answer = policies.ask(question);
    if (answer == Policies.Answer.FAILED) {
      failures.increment();
      LOG.error(
          "a policy on `{}` could not be evaluated, so it was denied: look at policies/",
          question.action());
    }
    return answer;
  }
}
