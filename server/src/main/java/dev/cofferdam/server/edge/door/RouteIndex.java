package dev.cofferdam.server.edge.door;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Routes by the segments of their paths: which of them a path can be one of, without trying all.
 * What it names too much costs time; what it left out would not be found any more.
 *
 * <p>Filled by one thread before it is asked by many.
 *
 * @param <R> what stands for a route
 */
final class RouteIndex<R> {
  /** A segment that is the same in all paths of a pattern. */
  private static final Pattern LITERAL = Pattern.compile("[^{}*?\\\\]*");

  /** One that may be anything. */
  private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");

  private final Node<R> root = new Node<>();
  private final Set<R> all = new LinkedHashSet<>();

  /** Those whose patterns say more than segments do. */
  private final List<R> always = new ArrayList<>();

  private static final class Node<R> {
    private final Map<String, Node<R>> literals = new HashMap<>();
    private @Nullable Node<R> variable;
    private final List<R> routes = new ArrayList<>();
  }

  void add(String pattern, R route) {
    all.add(route);
    Node<R> node = root;
    for (String segment : segments(pattern)) {
      if (LITERAL.matcher(segment).matches()) {
        node = node.literals.computeIfAbsent(segment, any -> new Node<>());
      } else if (VARIABLE.matcher(segment).matches()) {
        if (node.variable == null) {
          node.variable = new Node<>();
        }
        node = node.variable;
      } else {
        always.add(route);
        return;
      }
    }
    node.routes.add(route);
  }

  /**
   * @param path as it was sent, without parameters of segments
   */
  Set<R> candidates(String path) {
    if (path.indexOf('%') >= 0) {
      return all;
    }
    Set<R> found = new LinkedHashSet<>(always);
    collect(root, segments(path), 0, found);
    return found;
  }

  private static <R> void collect(
      @Nullable Node<R> node, List<String> segments, int at, Set<R> found) {
    if (node == null) {
      return;
    }
    if (at == segments.size()) {
      found.addAll(node.routes);
      return;
    }
    collect(node.literals.get(segments.get(at)), segments, at + 1, found);
    collect(node.variable, segments, at + 1, found);
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    int from = path.startsWith("/") ? 1 : 0;
    for (int end; (end = path.indexOf('/', from)) >= 0; from = end + 1) {
      segments.add(path.substring(from, end));
    }
    segments.add(path.substring(from));
    return segments;
  }
}
