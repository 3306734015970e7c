package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives handlers the parameters that {@code surface} has types for. */
final class Arguments implements HandlerMethodArgumentResolver {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Pages pages;
  private final Attempts attempts;

  Arguments(Pages pages, Attempts attempts) {
    this.pages = pages;
    this.attempts = attempts;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    return type == Call.class
        || Caller.class.isAssignableFrom(type)
        || type == IfMatch.class
        || type == OAuthForm.class
        || type == Once.class
        || type == PageRequest.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    HttpServletRequest request =
        Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    Visit visit = Visit.of(request).orElseThrow();
    Class<?> type = parameter.getParameterType();
    if (type == Call.class) {
      return visit.call();
    }
    if (type == IfMatch.class) {
      return ifMatch(request);
    }
    if (type == OAuthForm.class) {
      return form(request);
    }
    if (type == Once.class) {
      return attempts.of(visit.call(), request);
    }
    return type == PageRequest.class ? pages.asked(visit, request) : caller(visit, type);
  }

  /** An operator is a person too, and not the one that a handler for persons asks for. */
  private static Caller caller(Visit visit, Class<?> type) {
    Caller caller = visit.call().caller();
    if (!type.isInstance(caller)) {
      throw Refusal.of(ProblemCode.FORBIDDEN).because("kind_of_caller").thrown();
    }
    return caller;
  }

  /**
   * Fields of the body alone (RFC 6749, section 2.3.1: an address is written into logs), or where a
   * browser is led here those of the address; each once, and one without a value is as if it were
   * left out (section 3.2).
   */
  private static OAuthForm form(HttpServletRequest request) {
    if (!request.getMethod().equals("GET")) {
      requireBody(request);
    }
    return OAuthForm.of(request.getParameterMap())
        .orElseThrow(() -> Refusal.of(ProblemCode.MALFORMED_REQUEST).thrown());
  }

  private static void requireBody(HttpServletRequest request) {
    if (!isForm(request)) {
      throw Refusal.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE).thrown();
    }
    if (request.getQueryString() != null) {
      throw Refusal.of(ProblemCode.MALFORMED_REQUEST).thrown();
    }
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT).equals(FORM);
  }

  private static IfMatch ifMatch(HttpServletRequest request) {
    String field = request.getHeader("If-Match");
    if (field == null) {
      throw Refusal.of(ProblemCode.PRECONDITION_REQUIRED).thrown();
    }
    return IfMatch.ofHeader(field)
        .orElseThrow(() -> Refusal.of(ProblemCode.MALFORMED_REQUEST).thrown());
  }
}
