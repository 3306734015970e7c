package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * The parameters that a handler knows. Any other is refused and not ignored: who sends one believes
 * that it does something. Left alone is what a link to a page bears, and a handler that looks for
 * itself.
 */
record Parameters(boolean any, Set<String> names) {
  private static final Set<String> SAFE = Set.of("GET", "HEAD");
  private static final String API = "/v1/";

  /** The token of a form, which is looked at before. */
  private static final String FORM_FIELD = "_csrf";

  static Parameters of(HandlerMethod handler) {
    Set<String> names = new HashSet<>();
    boolean any = false;
    boolean whole = false;
    for (MethodParameter parameter : handler.getMethodParameters()) {
      Class<?> type = parameter.getParameterType();
      RequestParam declared =
          new SynthesizingMethodParameter(handler.getMethod(), parameter.getParameterIndex())
              .getParameterAnnotation(RequestParam.class);
      any |= Map.class.isAssignableFrom(type) || type == OAuthForm.class;
      whole |= HttpServletRequest.class.isAssignableFrom(type);
      if (declared != null) {
        names.add(
            declared.name().isEmpty()
                ? handler.getMethod().getParameters()[parameter.getParameterIndex()].getName()
                : declared.name());
      }
      if (type == PageRequest.class) {
        names.add("limit");
        names.add("cursor");
      }
    }
    // Who declares some wants the request for something else.
    return new Parameters(any || (whole && names.isEmpty()), Set.copyOf(names));
  }

  boolean cover(HttpServletRequest request) {
    boolean api = request.getRequestURI().startsWith(API);
    if (any || !api && SAFE.contains(request.getMethod())) {
      return true;
    }
    for (String name : request.getParameterMap().keySet()) {
      if (!names.contains(name) && (api || !name.equals(FORM_FIELD))) {
        return false;
      }
    }
    return true;
  }
}
