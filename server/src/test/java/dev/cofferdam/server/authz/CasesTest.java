package dev.cofferdam.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.authz.Matter.Reach;
import dev.cofferdam.server.authz.Matter.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** Cases as data: a reviewer adds a line to {@code authz/cases.yaml}, and no code. */
class CasesTest {
  private static final Authorization AUTHORIZATION =
      new Authorization(AuthzConfiguration.shipped(), new SimpleMeterRegistry());
  private static final Set<String> WORDS =
      Set.of("who", "is", "has", "does", "to", "gives", "of", "but", "outcome");

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    try (InputStream in = CasesTest.class.getResourceAsStream("/authz/cases.yaml")) {
      List<Map<String, String>> cases = new Yaml().load(in);
      return cases.stream().map(one -> DynamicTest.dynamicTest(one.toString(), () -> check(one)));
    }
  }

  private static void check(Map<String, String> one) {
    assertThat(WORDS).containsAll(one.keySet());
    Action action = value(Action.class, one, "does", null);
    String but = one.getOrDefault("but", "");
    Standing standing =
        new Standing(
            value(Subject.class, one, "who", "person"),
            value(Membership.class, one, "is", "none"),
            !but.equals("another_tenant"),
            !but.equals("closed"),
            !but.equals("weak_sign_in"),
            !but.equals("narrow_token"));
    String outcome =
        switch (AUTHORIZATION.decide(new Facts(action, standing, matter(action, one)))) {
          case Decision.Permitted permitted -> "permitted";
          case Decision.Denied denied -> denied.reason().name().toLowerCase(Locale.ROOT);
        };

    assertThat(outcome).isEqualTo(one.get("outcome"));
  }

  private static Matter matter(Action action, Map<String, String> one) {
    String has = one.getOrDefault("has", "none");
    Reach reach =
        new Reach(
            Relation.valueOf(has.split(" ")[0].toUpperCase(Locale.ROOT)),
            has.endsWith(" through group"));
    State state = value(State.class, one, "to", "active");
    if (action.matter() == Matter.OnTenant.class) {
      return new Matter.OnTenant();
    }
    if (action.matter() == Matter.OnRole.class) {
      return new Matter.OnRole(
          value(Membership.class, one, "gives", null), value(Membership.class, one, "of", "none"));
    }
    return action.matter() == Matter.OnThing.class
        ? new Matter.OnThing(reach, state)
        : new Matter.OnRelation(reach, state, value(Relation.class, one, "gives", null));
  }

  private static <E extends Enum<E>> E value(
      Class<E> type,
      Map<String, String> one,
      String word,
      @org.jspecify.annotations.Nullable String fallback) {
    String text = one.getOrDefault(word, fallback);
    return Enum.valueOf(type, Objects.requireNonNull(text, word).toUpperCase(Locale.ROOT));
  }
}
