package dev.cofferdam.server.egress;

import java.util.Locale;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * Names under which anybody may register, such as {@code co.uk} or {@code github.io}: by the Public
 * Suffix List that the HTTP client brings along.
 */
public final class PublicSuffixes {
  private static final PublicSuffixMatcher LIST = PublicSuffixMatcherLoader.getDefault();

  private PublicSuffixes() {}

  /**
   * Whether this is such a name.
   *
   * @param name a host name in ASCII
   */
  public static boolean has(String name) {
    // It gives the part that somebody registered, or none.
    return LIST.getDomainRoot(name.toLowerCase(Locale.ROOT)) == null;
  }
}
