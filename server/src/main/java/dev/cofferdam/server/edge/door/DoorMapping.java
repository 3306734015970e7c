package dev.cofferdam.server.edge.door;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds the handler of a request. Where no path is the same letter by letter the framework tries
 * every condition of every route; here those are passed over whose path begins otherwise. What is
 * found is the same.
 */
final class DoorMapping extends RequestMappingHandlerMapping {
  private static final Pattern VARIES = Pattern.compile("[{*?\\[\\\\].*", Pattern.DOTALL);

  private final Map<RequestMappingInfo, List<String>> beginnings = new ConcurrentHashMap<>();

  @Override
  protected @Nullable RequestMappingInfo getMatchingMapping(
      RequestMappingInfo info, HttpServletRequest request) {
    // Looked at first, since computing takes a lock even where there is nothing to compute.
    List<String> known = beginnings.get(info);
    if (known == null) {
      known = info.getPatternValues().stream().map(DoorMapping::beginning).toList();
      beginnings.put(info, known);
    }
    return mayMatch(known, request.getRequestURI())
        ? super.getMatchingMapping(info, request)
        : null;
  }

  /** What is the same of all paths of a pattern. */
  static String beginning(String pattern) {
    return VARIES.matcher(pattern).replaceFirst("");
  }

  /** Whether the path can be one of a route; one that is written in some other way always can. */
  static boolean mayMatch(List<String> beginnings, String path) {
    if (path.indexOf('%') >= 0 || path.indexOf(';') >= 0) {
      return true;
    }
    for (String beginning : beginnings) {
      if (path.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
