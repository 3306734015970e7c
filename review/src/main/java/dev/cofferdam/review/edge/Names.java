package dev.cofferdam.review.edge;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** EDG-02 and EDG-04: requests under another name, from another origin, through no proxy. */
public final class Names {
  private static final String EVIL = "evil.example";

  private static final List<String> ORIGINS =
      List.of(
          "https://" + EVIL,
          "http://" + EVIL,
          "null",
          "*",
          "https://localhost",
          "https://app.example.com." + EVIL,
          "https://localhost." + EVIL);

  private Names() {}

  public static List<Attack> all() {
    return List.of(
        Door.byNobodyAnywhere(
            "EDG-02.origins", "asks from pages of others for leave to read", Names::origins),
        Door.byNobodyAnywhere(
            "EDG-04.rebinding", "has a name of its own lead to the server", Names::rebound),
        Door.byNobodyAnywhere(
            "EDG-04.forwarded",
            "says by X-Forwarded-Host under which name to sign in",
            Names::forwarded));
  }

  private static Verdict origins(Scene scene) throws IOException {
    int asked = 0;
    try (Line line = scene.web().line()) {
      for (String origin : ORIGINS) {
        for (Ask ask :
            List.of(
                Ask.of("OPTIONS", "/v1/me").with("Access-Control-Request-Method", "GET"),
                Ask.get("/v1/openapi.json"),
                Ask.get("/v1/me"),
                Ask.get("/v1/none"))) {
          Reply reply =
              fresh(line, scene)
                  .ask(ask.with("Host", scene.web().site().authority()).with("Origin", origin));
          asked++;
          if (reply.fields().stream()
              .anyMatch(
                  field ->
                      field
                          .name()
                          .toLowerCase(java.util.Locale.ROOT)
                          .startsWith("access-control-allow"))) {
            return new Verdict.Succeeded(
                ask
                    + " from `"
                    + origin
                    + "` was granted `"
                    + reply.field("Access-Control-Allow-Origin").orElse("?")
                    + "`");
          }
        }
      }
    }
    return new Verdict.Refused(asked + " requests of other origins, and no leave to read");
  }

  /** The server closes after some refusals. */
  private static Line fresh(Line line, Scene scene) throws IOException {
    return line.isOpen() ? line : scene.web().line();
  }

  private static Verdict rebound(Scene scene) throws IOException {
    List<String> met = new ArrayList<>();
    for (String host :
        List.of(EVIL, "localhost." + EVIL, "127.0.0.1." + EVIL, "0x7f.1", "[::ffff:127.0.0.1]")) {
      try (Line line = scene.web().line()) {
        Reply reply = line.ask(Ask.get("/v1/openapi.json").with("Host", host));
        met.add(reply.brief());
        if (reply.isDone()) {
          return new Verdict.Succeeded("answered as `" + host + "`: " + reply.brief());
        }
      }
    }
    return new Verdict.Refused("under other names: " + met);
  }

  private static Verdict forwarded(Scene scene) throws IOException {
    try (Line line = scene.web().line()) {
      Reply reply =
          line.ask(
              Ask.get("/sign-in")
                  .with("Host", scene.web().site().authority())
                  .with("X-Forwarded-Host", EVIL)
                  .with("X-Forwarded-Proto", "https")
                  .with("X-Forwarded-For", "203.0.113.9"));
      String location = reply.field("Location").orElse("");
      return location.contains(EVIL)
          ? new Verdict.Succeeded("whoever signs in is sent back to " + EVIL + ": " + location)
          : new Verdict.Refused(
              "what a stranger forwards is " + (reply.isDone() ? "ignored" : reply.brief()));
    }
  }
}
