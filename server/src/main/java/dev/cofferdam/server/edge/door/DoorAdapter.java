package dev.cofferdam.server.edge.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/**
 * Calls handlers, and none but through the {@link Door}: so a handler cannot be reached by another
 * way of matching its path, and nothing of the request is read for it before it is let in.
 */
final class DoorAdapter extends RequestMappingHandlerAdapter {
  private final Supplier<Door> door;

  /**
   * @param door looked up late: it needs the routes, which need this
   */
  DoorAdapter(Supplier<Door> door) {
    this.door = door;
  }

  @Override
  protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod handler) {
    return new Guarded(handler, door.get());
  }

  private static final class Guarded extends ServletInvocableHandlerMethod {
    private final Door door;

    Guarded(HandlerMethod handler, Door door) {
      super(handler);
      this.door = door;
    }

    @Override
    public @Nullable Object invokeForRequest(
        NativeWebRequest request, @Nullable ModelAndViewContainer container, Object... provided)
        throws Exception {
      Optional<Declarations.Declared> declared = door.declared(getMethod());
      if (declared.isEmpty()) {
        return super.invokeForRequest(request, container, provided);
      }
      Object answer =
          door.pass(
              declared.get(),
              Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)),
              Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)),
              () -> super.invokeForRequest(request, container, provided));
      if (answer == Streams.SENT && container != null) {
        container.setRequestHandled(true);
        return null;
      }
      return answer;
    }

    /** Called with the arguments that were read, in the caller's scope. */
    @Override
    protected @Nullable Object doInvoke(Object... arguments) throws Exception {
      for (Object argument : arguments) {
        if (argument instanceof Attempt attempt) {
          return attempt.pass(body(arguments), () -> super.doInvoke(arguments));
        }
      }
      return super.doInvoke(arguments);
    }

    private @Nullable Object body(Object[] arguments) {
      for (MethodParameter parameter : getMethodParameters()) {
        if (parameter.hasParameterAnnotation(RequestBody.class)) {
          return arguments[parameter.getParameterIndex()];
        }
      }
      return null;
    }
  }
}
