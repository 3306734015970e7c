package dev.cofferdam.review.web;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's browser: keeps cookies and one connection, and sends the origin and the token of its
 * last page with whatever changes something. Not thread-safe.
 *
 * <p>It does not tire: who is told that they come too often has the laboratory forget how often,
 * and asks again; and so does who is told that nothing can be recorded just now, which on a busy
 * machine may be so for a moment. An attack on either speaks over a {@link Line}.
 */
public final class Browser implements AutoCloseable {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final String CSRF = "Cofferdam-CSRF";
  private static final int TOO_MANY = 429;
  private static final int ATTEMPTS = 3;

  private final Site site;
  private final Map<String, String> jar;
  private final Runnable rest;
  private final List<String> given = new ArrayList<>();
  private List<Ask.Field> carried = List.of();
  private @Nullable String csrf;
  private @Nullable Line line;
  private BiConsumer<Ask, Reply> watched = (_, _) -> {};

  /**
   * @param cookies by name
   * @param csrf the token of a page that it has loaded, or null
   * @param rest has the server forget how often it was asked
   */
  public Browser(Site site, Map<String, String> cookies, @Nullable String csrf, Runnable rest) {
    this.site = site;
    this.jar = new HashMap<>(cookies);
    this.csrf = csrf;
    this.rest = rest;
  }

  /** The same, of which somebody is told each request and what came back. */
  Browser watched(BiConsumer<Ask, Reply> by) {
    watched = by;
    return this;
  }

  /** The same, with these fields in each request that has none of their names. */
  public Browser carrying(List<Ask.Field> fields) {
    carried = List.copyOf(fields);
    return this;
  }

  public Site site() {
    return site;
  }

  /** The cookies that it holds now. */
  public Map<String, String> cookies() {
    return Map.copyOf(jar);
  }

  /** Every cookie that it was ever told to keep or to forget, as the server wrote it. */
  public List<String> given() {
    return List.copyOf(given);
  }

  /**
   * What it sends for {@code ask}: with host, cookies, and origin and token where one is needed.
   */
  public Ask dressed(Ask ask) {
    Ask sent = plain(ask);
    if (!SAFE.contains(ask.method()) && !jar.isEmpty()) {
      sent = sent.has("Origin") ? sent : sent.with("Origin", site.origin());
      sent = sent.has(CSRF) ? sent : sent.with(CSRF, token());
    }
    return sent;
  }

  private Ask plain(Ask ask) {
    Ask sent = ask.has("Host") ? ask : ask.with("Host", site.authority());
    for (Ask.Field field : carried) {
      sent = sent.has(field.name()) ? sent : sent.with(field.name(), field.value());
    }
    return jar.isEmpty() || ask.has("Cookie") ? sent : sent.with("Cookie", cookieField());
  }

  private String cookieField() {
    return jar.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /** Sends {@code ask} as a page of the server's would. */
  public Reply ask(Ask ask) {
    return sent(dressed(ask));
  }

  /** Sends {@code ask} with host and cookies, and nothing that shows where it comes from. */
  public Reply bare(Ask ask) {
    return sent(plain(ask));
  }

  public Reply get(String target) {
    return ask(Ask.get(target));
  }

  /** The token of the page that was loaded last. Empty for somebody who is nobody. */
  public String token() {
    String known = csrf;
    if (known == null) {
      known = get("/v1/me").member("csrf_token");
      csrf = known;
    }
    return known;
  }

  private Reply sent(Ask ask) {
    Reply reply = once(ask);
    for (int attempt = 0; isForNow(reply) && attempt < ATTEMPTS; attempt++) {
      rest.run();
      reply = once(ask);
    }
    keep(reply);
    return reply;
  }

  /** Nothing was done, and the same request may do later. */
  private static boolean isForNow(Reply reply) {
    return reply.status() == TOO_MANY || reply.code().equals("audit_unavailable");
  }

  private Reply once(Ask ask) {
    Reply reply = answered(ask);
    watched.accept(ask, reply);
    return reply;
  }

  private Reply answered(Ask ask) {
    try {
      Line kept = line;
      if (kept != null && kept.isOpen()) {
        try {
          return kept.ask(ask);
        } catch (EOFException closedMeanwhile) {
          kept.close();
        }
      }
      Line fresh = Line.open(site);
      line = fresh;
      return fresh.ask(ask);
    } catch (IOException failed) {
      close();
      throw new UncheckedIOException(ask + " was not answered", failed);
    }
  }

  private void keep(Reply reply) {
    for (String set : reply.fieldsOf("Set-Cookie")) {
      given.add(set);
      String pair = set.split(";", 2)[0];
      String name = pair.substring(0, pair.indexOf('='));
      String value = pair.substring(pair.indexOf('=') + 1);
      if (value.isEmpty() || set.contains("Max-Age=0;") || set.endsWith("Max-Age=0")) {
        jar.remove(name);
      } else {
        jar.put(name, value);
      }
      csrf = null;
    }
  }

  @Override
  public void close() {
    Line kept = line;
    if (kept != null) {
      kept.close();
    }
    line = null;
  }
}
