package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.audit.Appended;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.audit.RefusalSource;
import dev.cofferdam.server.audit.Refusals;
import dev.cofferdam.server.edge.OAuthErrors;
import dev.cofferdam.server.edge.Problems;
import dev.cofferdam.server.edge.wire.RequestIds;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.ProblemPages;
import dev.cofferdam.server.surface.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Answers refusals. One that denies something to a known caller is a record first, and durable
 * before the caller hears of it. Those of strangers, and of whoever comes too often, are counted.
 */
final class Denials {
  private final AuditLog audit;
  private final Refusals counted;
  private final Optional<ProblemPages> pages;
  private final WaysBack waysBack;

  Denials(AuditLog audit, Refusals counted, Optional<ProblemPages> pages, WaysBack waysBack) {
    this.audit = audit;
    this.counted = counted;
    this.pages = pages;
    this.waysBack = waysBack;
  }

  void answer(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException {
    Optional<Visit> visit = Visit.of(request);
    Refusal told = visit.isEmpty() ? refusal : noted(visit.get(), request, refusal);
    if (visit.isPresent() && visit.get().surface().oauth()) {
      OAuthErrors.write(response, told);
    } else if (pages.isPresent() && wantsPage(request)) {
      Problems.writePage(
          response, told, pages.get().page(told, RequestIds.of(request), path(request)));
    } else {
      Problems.write(request, response, told, RequestIds.of(request));
    }
  }

  private String path(HttpServletRequest request) {
    String query = request.getQueryString();
    String back = waysBack.from(request.getMethod(), request.getRequestURI());
    return query == null || !request.getMethod().equals("GET") ? back : back + "?" + query;
  }

  /** A browser says so by itself, and nobody calls the API to read HTML. */
  private static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null
        && accept.contains("text/html")
        && !request.getRequestURI().startsWith("/v1/");
  }

  /** What is told: the refusal, or that it cannot be recorded. */
  private Refusal noted(Visit asked, HttpServletRequest request, Refusal refusal) {
    Caller by = refusal.by();
    Visit visit = by == null ? asked : asked.as(by);
    ProblemCode code = refusal.code();
    boolean stranger = visit.call().caller() instanceof Caller.Anonymous;
    if (code == ProblemCode.RATE_LIMITED || stranger && (code.isDenial() || code.status() == 401)) {
      counted.count(code.code(), RefusalSource.of(visit.call().address()));
      return refusal;
    }
    return !stranger && code.isDenial() ? recorded(visit, request, refusal) : refusal;
  }

  private Refusal recorded(Visit visit, HttpServletRequest request, Refusal refusal) {
    // A tenant that is closed, or that there is none of, writes nothing more into its log.
    LogId log =
        refusal.code() == ProblemCode.TENANT_CLOSED
            ? LogId.PLATFORM
            : Records.log(visit.call().caller());
    Entry entry = Records.denied(visit, request, log, refusal.code().code());
    String reason = refusal.reason();
    return switch (audit.append(reason == null ? entry : entry.with("reason", reason))) {
      case Receipted receipted -> refusal;
      case Appended.Unavailable(var wait) -> Refusal.of(ProblemCode.AUDIT_UNAVAILABLE).after(wait);
    };
  }
}
