package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.edge.EdgeRefusedException;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Disclosed;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Surface;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Looks at what one handler declares, and refuses what does not hold together. */
final class DeclarationCheck {
  // Invariant 1: the tenant comes from the credential. Operators' routes name tenants.
  private static final Pattern NAMES_A_TENANT = Pattern.compile("\\{[^}]*tenant[^}]*}");

  private static final Pattern SENTENCE = Pattern.compile("[A-Z][^\n]{8,150}\\.");

  private static final Pattern ACTION = Pattern.compile("[a-z][a-z_]{0,39}\\.[a-z][a-z_]{0,39}");

  private DeclarationCheck() {}

  static Surface checked(RequestMappingInfo info, HandlerMethod handler, Names names) {
    @Nullable Surface surface = handler.getMethodAnnotation(Surface.class);
    if (surface == null) {
      throw refusal(handler, "declares no @Surface: say who gets as far as it");
    }
    require(
        !info.getMethodsCondition().getMethods().isEmpty(),
        handler,
        "answers every HTTP method: name one");
    require(
        SENTENCE.matcher(surface.summary()).matches(),
        handler,
        "says `%s` of itself: write one sentence, such as `Lists the groups of the tenant.`"
            .formatted(surface.summary()));
    require(
        names.limits().contains(surface.limit()),
        handler,
        "names the limit `%s`, which the table of limits does not have".formatted(surface.limit()));
    require(
        ACTION.matcher(surface.action()).matches(),
        handler,
        "names the action `%s`: write an object and a verb, such as `tenant.rename`"
            .formatted(surface.action()));
    require(
        surface.access() == Access.TENANT || surface.roles().length == 0,
        handler,
        "declares roles without Access.TENANT");
    require(
        surface.scope().length == 0
            || surface.access() == Access.TENANT && surface.assurance() == Assurance.SIGNED_IN,
        handler,
        "lets tokens in that no tenant has, or that cannot sign in as it asks");
    require(
        surface.access() != Access.ANYONE || surface.assurance() == Assurance.SIGNED_IN,
        handler,
        "is for anyone, and asks for a sign-in all the same");
    require(
        surface.access() != Access.NODE || surface.assurance() == Assurance.SIGNED_IN,
        handler,
        "is for nodes, which cannot sign in as it asks");
    require(
        surface.access() != Access.ANYONE || !surface.sensitive(),
        handler,
        "gives something sensitive to anyone");
    require(
        surface.sensitive() || handler.getMethod().getReturnType() != Disclosed.class,
        handler,
        "says in its record what leaves, and does not say that it is sensitive");
    require(
        surface.access() == Access.OPERATOR
            || info.getPatternValues().stream()
                .noneMatch(path -> NAMES_A_TENANT.matcher(path).find()),
        handler,
        "takes a tenant from the path: the tenant comes from the credential");
    require(
        surface.access() == Access.PERSON
            || surface.access() == Access.TENANT
            || Arrays.stream(handler.getMethodParameters())
                .noneMatch(parameter -> parameter.getParameterType() == Once.class),
        handler,
        "takes a Once, which is kept for a person");
    require(
        !surface.emergency()
            || surface.access() == Access.TENANT
                && info.getMethodsCondition().getMethods().equals(Set.of(RequestMethod.GET)),
        handler,
        "is for emergencies, in which a tenant is read and nothing else");
    callers(surface, handler);
    return surface;
  }

  /** A handler for everybody cannot rely on a person. */
  private static void callers(Surface surface, HandlerMethod handler) {
    List<Class<?>> taken =
        Arrays.stream(handler.getMethodParameters())
            .<Class<?>>map(parameter -> parameter.getParameterType())
            .filter(Caller.class::isAssignableFrom)
            .toList();
    for (Class<?> type : taken) {
      boolean promised =
          type == Caller.class
              || switch (surface.access()) {
                case ANYONE -> false;
                case PERSON -> type == Caller.Person.class || type == Caller.SignedIn.class;
                case TENANT ->
                    surface.scope().length == 0
                        && type
                            == (surface.emergency() ? Caller.SignedIn.class : Caller.Person.class);
                case NODE -> type == Caller.Node.class;
                case OPERATOR -> type == Caller.Operator.class;
              };
      require(
          promised,
          handler,
          "takes a %s, which its access does not promise".formatted(type.getSimpleName()));
    }
  }

  private static void require(boolean holds, HandlerMethod handler, String wrong) {
    if (!holds) {
      throw refusal(handler, wrong);
    }
  }

  private static EdgeRefusedException refusal(HandlerMethod handler, String wrong) {
    return new EdgeRefusedException(
        "The handler `%s` %s.".formatted(handler.getShortLogMessage(), wrong));
  }
}
