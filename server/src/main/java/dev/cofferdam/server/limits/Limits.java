package dev.cofferdam.server.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Lets requests in, or not yet. Safe for use by many threads.
 *
 * <p>A request is counted from the narrowest quota to the widest, and stops at the first that is
 * used up: so what one principal is refused is not taken from its tenant.
 */
public final class Limits {
  private final LimitTable table;
  private final Buckets buckets;
  private final MeterRegistry meters;
  // Looked up once each: finding a meter by its words costs more than the count.
  private final Map<Refused, Counter> refused = new ConcurrentHashMap<>();

  private record Refused(String limit, By by) {}

  Limits(LimitTable table, Buckets buckets, MeterRegistry meters) {
    this.table = table;
    this.buckets = buckets;
    this.meters = meters;
  }

  private record Step(String limit, By by, String who, Quota quota, long tokens) {
    Buckets.Key key() {
      return new Buckets.Key(limit, by, who);
    }
  }

  /** The names that a route may be declared with. */
  public Set<String> names() {
    return table.classes().stream()
        .map(LimitClass::name)
        .filter(name -> !name.equals(LimitTable.BUDGET))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Counts one request.
   *
   * @param limit the class of the route, never its path
   * @throws IllegalArgumentException when the table has no such class: the start checks this for
   *     every route
   */
  public Taking take(String limit, Requester requester) {
    LimitClass named =
        table
            .named(limit)
            .filter(found -> !found.name().equals(LimitTable.BUDGET))
            .orElseThrow(() -> new IllegalArgumentException("there is no limit `" + limit + "`"));
    RateLimit told = null;
    for (Step step : steps(named, requester)) {
      Buckets.Draw draw = buckets.draw(step.key(), step.quota(), step.tokens());
      if (told == null) {
        told = new RateLimit(named.name(), step.quota(), draw.remaining(), draw.reset());
      }
      if (!draw.taken()) {
        refused.computeIfAbsent(new Refused(named.name(), step.by()), this::counter).increment();
        return new Taking.Exhausted(told, step.by(), draw.retryAfter());
      }
    }
    if (told == null) {
      throw new IllegalStateException("the limit `" + limit + "` counts nobody");
    }
    return new Taking.Taken(told);
  }

  private Counter counter(Refused what) {
    return meters.counter(
        "cofferdam.limits.refused", "limit", what.limit(), "by", what.by().label());
  }

  private List<Step> steps(LimitClass named, Requester requester) {
    List<Step> steps = new ArrayList<>(5);
    switch (requester) {
      case Requester.Stranger stranger -> byAddress(steps, named, stranger.address());
      case Requester.Known known -> both(steps, named, By.PRINCIPAL, known.principal());
      case Requester.InTenant known -> {
        both(steps, named, By.PRINCIPAL, known.principal());
        both(steps, named, By.TENANT, known.tenant().toString());
      }
    }
    return steps;
  }

  /** Of the class, where it has a quota of this kind, and of the budget over all classes. */
  private void both(List<Step> steps, LimitClass named, By by, String who) {
    named.quota(by).ifPresent(quota -> steps.add(new Step(named.name(), by, who, quota, 1)));
    table
        .budget()
        .quota(by)
        .ifPresent(
            quota -> steps.add(new Step(LimitTable.BUDGET, by, who, quota, named.cost().units())));
  }

  private void byAddress(List<Step> steps, LimitClass named, InetAddress address) {
    both(steps, named, By.ADDRESS, Network.host(address));
    if (Network.hasSite(address)) {
      Quota one =
          named.quota(By.ADDRESS).orElseGet(() -> table.budget().quota(By.ADDRESS).orElseThrow());
      steps.add(
          new Step(
              named.name(), By.ADDRESS, Network.site(address), one.times(Network.SITE_SHARE), 1));
    }
  }
}
