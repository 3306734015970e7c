package dev.cofferdam.server.edge.door;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds the handler of a request. Where no path is the same letter by letter the framework tries
 * every condition of every route; here only those are tried that the path can be one of. What is
 * found is the same, and where several fit the framework chooses.
 *
 * <p>The routes are those that stand when the server starts.
 */
final class DoorMapping extends RequestMappingHandlerMapping {
  private final RouteIndex<RequestMappingInfo> index = new RouteIndex<>();
  private final Map<RequestMappingInfo, HandlerMethod> handlers = new HashMap<>();

  @Override
  protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> found) {
    super.handlerMethodsInitialized(found);
    handlers.putAll(found);
    found.keySet().forEach(info -> info.getPatternValues().forEach(path -> index.add(path, info)));
  }

  @Override
  protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
      throws Exception {
    Set<RequestMappingInfo> candidates = index.candidates(path);
    RequestMappingInfo known = null;
    RequestMappingInfo match = null;
    for (RequestMappingInfo candidate : candidates) {
      RequestMappingInfo matching = getMatchingMapping(candidate, request);
      if (matching != null && match != null) {
        return super.lookupHandlerMethod(path, request);
      }
      if (matching != null) {
        known = candidate;
        match = matching;
      }
    }
    HandlerMethod handler = handlers.get(known);
    if (match == null || handler == null) {
      return handleNoMatch(candidates, path, request);
    }
    request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, handler);
    handleMatch(match, path, request);
    return handler;
  }
}
