package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.edge.EdgeRefusedException;
import dev.cofferdam.server.surface.Surface;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Every route of the public port with what its handler declares, read once at start.
 *
 * <p>INVARIANT: no handler is reachable that is not in here, but for the two probes, which the
 * framework answers and which tell nobody anything but up or down.
 */
public final class Declarations {
  /** Answered by the framework: they have no handler of ours. */
  public static final Set<String> PROBES = Set.of("/livez", "/readyz");

  private final Map<Method, Declared> declared;
  private final List<Route> routes;

  private Declarations(Map<Method, Declared> declared, List<Route> routes) {
    this.declared = Map.copyOf(declared);
    this.routes = List.copyOf(routes);
  }

  /**
   * Reads them all.
   *
   * @param names which limits and actions there are
   * @throws EdgeRefusedException for the first handler that declares nothing, or something that
   *     nobody knows
   */
  static Declarations of(
      Collection<? extends RequestMappingInfoHandlerMapping> mappings, Names names) {
    Map<Method, Declared> declared = new HashMap<>();
    List<Route> routes = new ArrayList<>();
    for (RequestMappingInfoHandlerMapping mapping : mappings) {
      mapping
          .getHandlerMethods()
          .forEach(
              (info, handler) -> {
                if (!isProbe(info, handler)) {
                  Surface surface = DeclarationCheck.checked(info, handler, names);
                  declared.put(handler.getMethod(), new Declared(surface, Parameters.of(handler)));
                  routes.addAll(Route.of(info, handler, surface));
                }
              });
    }
    routes.sort(Comparator.comparing(Route::path).thenComparing(Route::method));
    return new Declarations(declared, routes);
  }

  /** What the door needs to know of a handler. */
  record Declared(Surface surface, Parameters parameters) {}

  private static boolean isProbe(RequestMappingInfo info, HandlerMethod handler) {
    return handler.getBeanType().getName().startsWith("org.springframework.boot.")
        && PROBES.containsAll(info.getPatternValues());
  }

  /** What the handler declares; empty for a probe alone. */
  Optional<Declared> find(Method handler) {
    return Optional.ofNullable(declared.get(handler));
  }

  /** Sorted by path and method. */
  public List<Route> routes() {
    return routes;
  }
}
