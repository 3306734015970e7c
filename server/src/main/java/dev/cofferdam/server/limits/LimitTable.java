package dev.cofferdam.server.limits;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Every limit there is: the table {@code limits} beside this class, with the operator's overrides.
 * What it holds has been checked.
 */
final class LimitTable {
  /** The budget over all classes, in units of {@link Cost}. */
  static final String BUDGET = "all";

  private final Map<String, LimitClass> classes;

  LimitTable(Collection<LimitClass> classes) {
    Map<String, LimitClass> byName = new LinkedHashMap<>();
    classes.forEach(limit -> byName.put(limit.name(), limit));
    this.classes = byName;
    check();
  }

  /** The table of this server. */
  static LimitTable ofServer() {
    try (InputStream in =
        Objects.requireNonNull(LimitTable.class.getResourceAsStream("limits"), "limits")) {
      return LimitTableReader.read("limits", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All classes in the order of the table, the budget among them. */
  Collection<LimitClass> classes() {
    return classes.values();
  }

  Optional<LimitClass> named(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  LimitClass budget() {
    return Objects.requireNonNull(classes.get(BUDGET));
  }

  /**
   * The table with some quotas replaced.
   *
   * @param overrides quotas by {@code class.by}; dashes and underscores may be left out, as
   *     environment variables do
   * @throws IllegalArgumentException when one names no quota of the table, or is none
   */
  LimitTable with(Map<String, String> overrides) {
    Map<String, LimitClass> changed = new LinkedHashMap<>(classes);
    overrides.forEach(
        (place, text) -> {
          int dot = place.lastIndexOf('.');
          Optional<By> by = By.labelled(place.substring(dot + 1));
          LimitClass limit =
              changed.values().stream()
                  .filter(
                      one -> dot > 0 && plain(one.name()).equals(plain(place.substring(0, dot))))
                  .findFirst()
                  .filter(one -> by.flatMap(one::quota).isPresent())
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "cofferdam.limits.overrides names `"
                                  + place
                                  + "`, which is no limit: all are in docs/operations/limits.md"));
          Map<By, Quota> quotas = new LinkedHashMap<>(limit.quotas());
          quotas.put(by.orElseThrow(), quota(place, text));
          changed.put(limit.name(), new LimitClass(limit.name(), limit.cost(), quotas));
        });
    return new LimitTable(changed.values());
  }

  private static Quota quota(String place, String text) {
    try {
      return Quota.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cofferdam.limits.overrides." + place + ": " + e.getMessage(), e);
    }
  }

  private static String plain(String name) {
    return name.replaceAll("[-_.]", "");
  }

  private void check() {
    LimitClass budget = classes.get(BUDGET);
    if (budget == null || budget.quotas().size() != By.values().length) {
      throw new IllegalArgumentException(
          "the limit `all` must be there by principal, tenant and address: it holds where no other"
              + " does");
    }
    classes.values().forEach(LimitTable::checkShares);
    for (LimitClass limit : classes.values()) {
      budget
          .quotas()
          .forEach(
              (by, quota) -> {
                if (quota.burst() < limit.cost().units()) {
                  throw new IllegalArgumentException(
                      "the budget by `%s` is less than one request of `%s` costs"
                          .formatted(by.label(), limit.name()));
                }
              });
    }
  }

  /**
   * INVARIANT: one principal gets at most half of what its tenant has, and leaves the rest to
   * others.
   */
  private static void checkShares(LimitClass limit) {
    Quota one = limit.quotas().get(By.PRINCIPAL);
    Quota all = limit.quotas().get(By.TENANT);
    if (one == null && all == null) {
      return;
    }
    if (one == null
        || all == null
        || 2 * perDay(one) > perDay(all)
        || 2 * one.burst() > all.burst()) {
      throw new IllegalArgumentException(
          "the limit `%s` needs a quota by principal and one by tenant that is at least twice as large, or one principal could use up what all of its tenant have"
              .formatted(limit.name()));
    }
  }

  private static double perDay(Quota quota) {
    return 86_400.0 * quota.amount() / quota.window().toSeconds();
  }
}
