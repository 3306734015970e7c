package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Surface;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * One method of one path.
 *
 * @param path the template, such as {@code /v1/records/{id}}
 */
public record Route(String method, String path, HandlerMethod handler, Surface surface) {

  private static final Set<String> READING = Set.of("GET", "HEAD");

  static List<Route> of(RequestMappingInfo info, HandlerMethod handler, Surface surface) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return info.getPatternValues().stream()
        .flatMap(
            path ->
                methods.stream()
                    .map(method -> new Route(method.name(), plain(path), handler, surface)))
        .toList();
  }

  /** Whether it changes something, and so has to come from this site. */
  public boolean changes() {
    return !READING.contains(method);
  }

  /** Whether it belongs to the API, and not to the pages. */
  public boolean isOfTheApi() {
    return path.startsWith("/v1/") || surface.oauth();
  }

  /** A variable that takes the rest of the path is one like others, as OpenAPI writes it. */
  private static String plain(String path) {
    return path.replace("{*", "{");
  }
}
