package dev.cofferdam.review.edge;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.people.Invited;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** EDG-03 and EDG-05: what every answer must carry, and what none may. */
public final class Answers {
  private static final List<String> FIELDS =
      List.of(
          "Content-Security-Policy",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "Referrer-Policy",
          "Cross-Origin-Opener-Policy",
          "Cross-Origin-Resource-Policy",
          "Permissions-Policy",
          "Cofferdam-Request-Id");

  /** Names of packages and classes, SQL, paths, addresses, and what a stack is printed with. */
  private static final Pattern INNER =
      Pattern.compile(
          "(?i)exception|\\b(java|org|dev|com|tools)\\.[a-z]+\\.|\\bat [a-z.]+\\(|select .* from|SQLSTATE|"
              + "relation \"|function .* does not exist|/home/|/root/|/tmp/|/dev/shm|postgres|tomcat|spring|hikari|"
              + "\\bcaused by\\b");

  private Answers() {}

  public static List<Attack> all() {
    return List.of(
        Door.byOwnerAnywhere(
            "EDG-03.fields",
            "looks for an answer that a browser is told nothing by",
            Answers::fields),
        Door.byOwner(
            "EDG-05.exceptions",
            "provokes failures of every kind, and reads what the server says of them",
            Mode.DESTRUCTIVE,
            Answers::exceptions));
  }

  /** Requests by what they provoke, byte for byte; with cookies where they have any. */
  private static Map<String, String> provoking(Browser browser) {
    String cookie =
        browser.dressed(Ask.get("/")).fields().stream()
            .filter(field -> field.name().equals("Cookie"))
            .map(Ask.Field::value)
            .findFirst()
            .orElse("");
    String as = "Host: " + browser.site().authority() + "\r\nCookie: " + cookie + "\r\n";
    String changes =
        as
            + "Origin: "
            + browser.site().origin()
            + "\r\nCofferdam-CSRF: "
            + browser.token()
            + "\r\nContent-Type: application/json\r\n";
    Map<String, String> all = new LinkedHashMap<>();
    all.put("a page", "GET /home HTTP/1.1\r\n" + as + "\r\n");
    all.put("a style sheet", "GET /assets/console.css HTTP/1.1\r\n" + as + "\r\n");
    all.put("a document", "GET /v1/me HTTP/1.1\r\n" + as + "\r\n");
    all.put("a probe", "GET /livez HTTP/1.1\r\n" + as + "\r\n");
    all.put("nobody", "GET /v1/me HTTP/1.1\r\nHost: " + browser.site().authority() + "\r\n\r\n");
    all.put("nothing there", "GET /none HTTP/1.1\r\n" + as + "\r\n");
    all.put("another verb", "DELETE /v1/me HTTP/1.1\r\n" + changes + "\r\n");
    all.put("no verb", "BREW / HTTP/1.1\r\n" + as + "\r\n");
    all.put("no request", "\0\1\2\r\n\r\n");
    all.put("no host", "GET / HTTP/1.1\r\n\r\n");
    all.put("another host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    all.put("two readings", "GET /v1/..;/me HTTP/1.1\r\n" + as + "\r\n");
    all.put("no UTF-8", "GET /%ff HTTP/1.1\r\n" + as + "\r\n");
    all.put(
        "a preflight",
        "OPTIONS /v1/me HTTP/1.1\r\n"
            + as
            + "Origin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\n\r\n");
    all.put("a parameter", "GET /v1/sessions?tenant=1 HTTP/1.1\r\n" + as + "\r\n");
    all.put("no id", "GET /v1/groups/none HTTP/1.1\r\n" + as + "\r\n");
    all.put("no cursor", "GET /v1/groups?cursor=%00 HTTP/1.1\r\n" + as + "\r\n");
    body(all, "half of JSON", changes, "{\"name\":");
    body(all, "another type", changes, "{\"name\":{\"a\":[1]}}");
    body(all, "an unknown field", changes, "{\"name\":\"a\",\"role\":\"owner\"}");
    body(all, "deep JSON", changes, "[".repeat(5000));
    body(all, "a huge number", changes, "{\"name\":" + "9".repeat(5000) + "}");
    body(all, "no JSON", changes.replace("application/json", "application/xml"), "<a/>");
    return all;
  }

  private static void body(Map<String, String> all, String name, String fields, String body) {
    all.put(
        name,
        "POST /v1/groups HTTP/1.1\r\n"
            + fields
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static Verdict fields(Scene scene) throws IOException {
    Browser browser = scene.web().as(scene.attacker().id(), Part.OWNER);
    int answers = 0;
    for (Map.Entry<String, String> request : provoking(browser).entrySet()) {
      Reply reply = answered(scene.web(), request.getValue());
      answers++;
      for (String field : FIELDS) {
        if (reply.field(field).isEmpty()) {
          return new Verdict.Succeeded(
              "the answer to " + request.getKey() + ", " + reply.brief() + ", has no " + field);
        }
      }
      String policy = reply.field("Content-Security-Policy").orElse("");
      if (policy.contains("unsafe") || !policy.contains("default-src 'none'")) {
        return new Verdict.Succeeded(request.getKey() + " has the policy `" + policy + "`");
      }
    }
    return new Verdict.Refused(
        answers + " answers of all kinds have all " + FIELDS.size() + " fields");
  }

  private static Reply answered(Web web, String request) throws IOException {
    try (Line line = web.line()) {
      line.write(request);
      return line.read(false);
    }
  }

  private static Verdict exceptions(Target target) throws IOException, SQLException {
    Browser browser = target.web().as(target.attacker().id(), Part.OWNER);
    List<String> met = new ArrayList<>();
    for (Map.Entry<String, String> request : provoking(browser).entrySet()) {
      Reply reply = answered(target.web(), request.getValue());
      if (reply.status() < 400) {
        continue;
      }
      Optional<Verdict> spilt = spilt(request.getKey(), reply);
      if (spilt.isPresent()) {
        return spilt.get();
      }
      met.add(reply.brief());
    }
    for (Reply reply : conflicts(target, browser)) {
      if (reply.isDone()) {
        return new Verdict.Inconclusive("nothing was in the way: " + reply.brief());
      }
      Optional<Verdict> spilt = spilt("what is in the way of something", reply);
      if (spilt.isPresent()) {
        return spilt.get();
      }
      met.add(reply.brief());
    }
    for (Route route : target.web().routes()) {
      if (target.web().probes().isElsewhere(route)) {
        Reply reply = unfounded(target, route);
        Optional<Verdict> told = inner(route.name(), reply);
        if (told.isPresent()) {
          return told.get();
        }
        met.add(reply.brief());
      }
    }
    // A defect of the server's own, of which there is none to be found: so one is made.
    try (Session superuser = target.asSuperuser()) {
      superuser.must("alter table authz.member_group rename to somewhere_else");
    }
    Reply reply = browser.get("/v1/groups");
    met.add(reply.brief());
    if (reply.status() != 500) {
      return new Verdict.Inconclusive("a table that is gone is no failure: " + reply.brief());
    }
    return spilt("a table that is gone", reply)
        .orElseGet(
            () -> new Verdict.Refused(met.size() + " failures: " + new java.util.TreeSet<>(met)));
  }

  /** Asks with nothing for what is only given to those who hold something made for it. */
  private static Reply unfounded(Target target, Route route) {
    Ask ask = Ask.of(route.method(), route.filled(_ -> "none"));
    return target.web().nobody().ask(route.changes() ? ask.json(Map.of()) : ask);
  }

  /** What is refused for the state that something is in, or for what was asked before. */
  private static List<Reply> conflicts(Target target, Browser browser) throws SQLException {
    List<Reply> all = new ArrayList<>();
    all.add(browser.ask(Ask.get("/v1/me").with("Authorization", "Bearer none")));
    all.add(browser.ask(Ask.of("PATCH", "/v1/tenant").json(Map.of("name", "Another"))));
    Ask once = Ask.of("POST", "/v1/groups").with("Idempotency-Key", "one-and-the-same");
    browser.ask(once.json(Map.of("name", "First")));
    all.add(browser.ask(once.json(Map.of("name", "Second"))));
    UUID tenant = target.attacker().id();
    all.add(
        target
            .web()
            .freshOperator()
            .ask(
                Ask.of("POST", "/v1/operator/tenants/" + tenant + "/resume")
                    .json(Map.of("reason", "It is not suspended."))));
    all.add(joinsTwice(target, Invited.all(target.web(), tenant).getFirst()));
    return all;
  }

  /** Somebody who has become a member meanwhile, by another way than their invite. */
  private static Reply joinsTwice(Target target, Invited guest) throws SQLException {
    try (Session superuser = target.asSuperuser()) {
      superuser.must(
          """
          insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
          values ('%s', '%s', 'member', now(), now())
          """
              .formatted(guest.tenant(), guest.who().person()));
    }
    return target.web().as(guest.who()).ask(guest.accepting());
  }

  /** What it tells of the server's inside. */
  private static Optional<Verdict> inner(String what, Reply reply) {
    String told = reply.readable();
    var inner = INNER.matcher(told);
    if (inner.find()) {
      return Optional.of(
          new Verdict.Succeeded(
              what
                  + " is answered with `"
                  + told.substring(inner.start(), Math.min(told.length(), inner.start() + 80))
                      .lines()
                      .findFirst()
                      .orElse("")
                  + "`"));
    }
    return Optional.empty();
  }

  private static Optional<Verdict> spilt(String what, Reply reply) {
    Optional<Verdict> told = inner(what, reply);
    if (told.isPresent()) {
      return told;
    }
    if (!reply.field("Content-Type").orElse("").startsWith("application/problem+json")
        || reply.code().isEmpty()) {
      return Optional.of(
          new Verdict.Succeeded(
              what + " is answered with no problem of the catalogue: " + reply.status()));
    }
    return Optional.empty();
  }
}
