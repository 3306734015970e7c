package dev.cofferdam.server.edge.door;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.edge.EdgeRefusedException;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Disclosed;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

class DeclarationCheckTest {
  private static final Names NAMES = new Names(Set.of("read"));

  /** Each declares something that does not hold together; never called. */
  @SuppressWarnings("unused")
  static final class Planted {
    @Surface(
        summary = "Does one thing.",
        access = Access.TENANT,
        limit = "read",
        action = "thing.see")
    void good(Caller.Person person) {}

    void silent() {}

    @Surface(
        summary = "Does one thing.",
        access = Access.ANYONE,
        limit = "none",
        action = "thing.see")
    void unlimited() {}

    @Surface(summary = "Does one thing.", access = Access.ANYONE, limit = "read", action = "Look")
    void unnamed() {}

    @Surface(summary = "todo", access = Access.ANYONE, limit = "read", action = "thing.see")
    void unsaid() {}

    @Surface(
        summary = "Does one thing.",
        access = Access.PERSON,
        roles = Role.OWNER,
        limit = "read",
        action = "thing.see")
    void roles() {}

    @Surface(
        summary = "Does one thing.",
        access = Access.ANYONE,
        assurance = Assurance.MULTI_FACTOR,
        limit = "read",
        action = "thing.see")
    void assured() {}

    @Surface(
        summary = "Does one thing.",
        access = Access.ANYONE,
        limit = "read",
        action = "thing.see",
        sensitive = true)
    void open() {}

    @Surface(
        summary = "Does one thing.",
        access = Access.NODE,
        limit = "read",
        action = "thing.see")
    Disclosed<String> disclosing() {
      return new Disclosed<>("", Map.of(), Map.of(), "");
    }

    @Surface(
        summary = "Does one thing.",
        access = Access.ANYONE,
        limit = "read",
        action = "thing.see")
    void person(Caller.Person person) {}

    @Surface(
        summary = "Does one thing.",
        access = Access.TENANT,
        limit = "read",
        action = "thing.see")
    void operator(Caller.Operator operator) {}

    @Surface(
        summary = "Does one thing.",
        access = Access.ANYONE,
        limit = "read",
        action = "thing.see")
    void once(Once once) {}

    @Surface(
        summary = "Does one thing.",
        access = Access.PERSON,
        limit = "read",
        action = "thing.see",
        emergency = true)
    void nowhere() {}

    @Surface(
        summary = "Does one thing.",
        access = Access.TENANT,
        limit = "read",
        action = "thing.see",
        emergency = true)
    void membersAlone(Caller.Person person) {}

    @Surface(
        summary = "Does one thing.",
        access = Access.TENANT,
        limit = "read",
        action = "thing.see",
        emergency = true)
    void visited(Caller.SignedIn known) {}

    @Surface(
        summary = "Does one thing.",
        access = Access.NODE,
        limit = "read",
        action = "thing.see")
    void node(Caller.Node node) {}

    @Surface(
        summary = "Does one thing.",
        access = Access.NODE,
        limit = "read",
        action = "thing.see")
    void nodeless(Caller.Person person) {}

    @Surface(
        summary = "Does one thing.",
        access = Access.NODE,
        assurance = Assurance.MULTI_FACTOR,
        limit = "read",
        action = "thing.see")
    void signingIn() {}
  }

  @ParameterizedTest
  @CsvSource({
    "silent, declares no @Surface",
    "unlimited, names the limit `none`",
    "unnamed, names the action `Look`",
    "unsaid, says `todo` of itself",
    "roles, declares roles",
    "assured, asks for a sign-in",
    "open, gives something sensitive to anyone",
    "disclosing, says in its record what leaves",
    "person, takes a Person",
    "operator, takes a Operator",
    "once, takes a Once",
    "nowhere, is for emergencies",
    "membersAlone, takes a Person",
    "nodeless, takes a Person",
    "signingIn, is for nodes"
  })
  void whatDoesNotHoldTogetherStopsTheStart(String method, String said) {
    assertThatThrownBy(() -> check(method, "/v1/things/{id}"))
        .isInstanceOf(EdgeRefusedException.class)
        .hasMessageContaining("Planted#" + method)
        .hasMessageContaining(said);
  }

  @Test
  void aTenantInThePathStopsTheStart() {
    assertThatCode(() -> check("good", "/v1/things/{id}")).doesNotThrowAnyException();
    assertThatCode(() -> check("node", "/v1/things/{id}")).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("good", "/v1/{tenant}/things"))
        .isInstanceOf(EdgeRefusedException.class)
        .hasMessageContaining("the tenant comes from the credential");
  }

  @Test
  void whatIsReadInAnEmergencyIsReadWithGet() {
    assertThatCode(() -> check("visited", "/v1/things")).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("visited", "/v1/things", RequestMethod.POST))
        .isInstanceOf(EdgeRefusedException.class)
        .hasMessageContaining("is for emergencies");
  }

  private static void check(String method, String path) {
    check(method, path, RequestMethod.GET);
  }

  private static void check(String method, String path, RequestMethod verb) {
    HandlerMethod handler =
        new HandlerMethod(
            new Planted(),
            Arrays.stream(Planted.class.getDeclaredMethods())
                .filter(declared -> declared.getName().equals(method))
                .findFirst()
                .orElseThrow());
    DeclarationCheck.checked(RequestMappingInfo.paths(path).methods(verb).build(), handler, NAMES);
  }
}
