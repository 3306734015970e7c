package dev.cofferdam.server.edge.document;

import dev.cofferdam.server.edge.door.Route;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Surface;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;

/** The problems that an operation can end in: those declared, and those that follow. */
final class Expected {
  private Expected() {}

  static Set<ProblemCode> problems(Route route) {
    Surface surface = route.surface();
    EnumSet<ProblemCode> codes =
        EnumSet.of(
            ProblemCode.MALFORMED_REQUEST,
            ProblemCode.AMBIGUOUS_CREDENTIALS,
            ProblemCode.INVALID_TOKEN,
            ProblemCode.UNKNOWN_FIELD,
            ProblemCode.MISDIRECTED_REQUEST,
            ProblemCode.RATE_LIMITED,
            ProblemCode.INTERNAL,
            ProblemCode.UNAVAILABLE);
    codes.addAll(List.of(surface.problems()));
    ofCaller(surface, codes);
    if (route.changes()) {
      codes.add(ProblemCode.CROSS_SITE_REQUEST);
      codes.add(ProblemCode.WORKSPACE_CHANGED);
    }
    for (MethodParameter parameter : route.handler().getMethodParameters()) {
      ofParameter(parameter, codes);
    }
    if (surface.sensitive() || codes.stream().anyMatch(ProblemCode::isDenial)) {
      codes.add(ProblemCode.AUDIT_UNAVAILABLE);
    }
    if (route.handler().getMethod().getReturnType() == Recorded.class) {
      codes.add(ProblemCode.RECEIPT_PENDING);
    }
    return codes;
  }

  private static void ofCaller(Surface surface, Set<ProblemCode> codes) {
    if (surface.access() != Access.ANYONE) {
      codes.add(ProblemCode.UNAUTHENTICATED);
      codes.add(ProblemCode.FORBIDDEN);
    }
    switch (surface.access()) {
      case ANYONE -> {}
      case NODE -> codes.add(ProblemCode.TENANT_CLOSED);
      case PERSON, OPERATOR -> codes.add(ProblemCode.PERSON_REQUIRED);
      case TENANT -> {
        codes.add(
            surface.scope().length == 0
                ? ProblemCode.PERSON_REQUIRED
                : ProblemCode.INSUFFICIENT_SCOPE);
        codes.add(ProblemCode.WORKSPACE_REQUIRED);
        codes.add(ProblemCode.TENANT_CLOSED);
      }
    }
    if (surface.assurance() != Assurance.SIGNED_IN) {
      codes.add(ProblemCode.INSUFFICIENT_USER_AUTHENTICATION);
    }
  }

  private static void ofParameter(MethodParameter parameter, Set<ProblemCode> codes) {
    Class<?> type = parameter.getParameterType();
    if (parameter.hasParameterAnnotation(PathVariable.class)) {
      codes.add(ProblemCode.NOT_FOUND);
    }
    if (parameter.hasParameterAnnotation(RequestBody.class)) {
      codes.add(ProblemCode.REQUEST_TIMEOUT);
      codes.add(ProblemCode.TOO_LARGE);
      codes.add(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
      codes.add(ProblemCode.INVALID_FIELD);
    }
    if (type == PageRequest.class) {
      codes.add(ProblemCode.INVALID_CURSOR);
      codes.add(ProblemCode.INVALID_FIELD);
    }
    if (type == IfMatch.class) {
      codes.add(ProblemCode.PRECONDITION_REQUIRED);
      codes.add(ProblemCode.PRECONDITION_FAILED);
    }
    if (type == OAuthForm.class && !parameter.hasMethodAnnotation(GetMapping.class)) {
      codes.add(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
    if (type == Once.class) {
      codes.add(ProblemCode.IDEMPOTENCY_KEY_REUSED);
      codes.add(ProblemCode.REQUEST_IN_PROGRESS);
    }
  }
}
