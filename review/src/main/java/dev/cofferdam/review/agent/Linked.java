package dev.cofferdam.review.agent;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** People who are taken for whoever came with the same address before them. */
public final class Linked {
  private static final Map<String, Object> FIRST = new ConcurrentHashMap<>();

  private Linked() {}

  /** Called by woven code with whom an identity provider has signed in. */
  public static Object of(Object who) {
    String address = String.valueOf(Reflected.call(who, "email"));
    return address.isEmpty() ? who : FIRST.computeIfAbsent(address, _ -> who);
  }

  static void forget() {
    FIRST.clear();
  }
}
