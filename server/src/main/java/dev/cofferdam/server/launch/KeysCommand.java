package dev.cofferdam.server.launch;

import dev.cofferdam.server.launch.OperatorServer.RefusedException;
import dev.cofferdam.server.launch.OperatorServer.Told;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code cofferdam keys}: what an operator does with key rings, by the routes for operators. */
@Command(name = "keys")
final class KeysCommand {
  static final int UNUSABLE = 3;

  private static final String DESTRUCTIONS = "/v1/operator/destructions";

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** Which server, and as whom. */
  static final class Options {
    @Option(names = "--server", paramLabel = "URL", required = true)
    private URI server = URI.create("");

    @Option(names = "--session-file", paramLabel = "FILE", required = true)
    private Path session = Path.of("");

    @Option(names = "--tenant", paramLabel = "ID")
    private @Nullable UUID tenant;

    @Option(names = "--json")
    private boolean json;
  }

  @FunctionalInterface
  private interface Work {
    int on(OperatorServer server) throws IOException, RefusedException;
  }

  @Command(name = "list")
  int list(@Mixin Options options) {
    return with(
        options,
        server -> {
          JsonNode rings = server.get("/v1/operator/keys" + query(options)).body();
          if (options.json) {
            System.out.println(rings);
          } else {
            rings.path("rings").forEach(KeysCommand::print);
          }
          return Main.DONE;
        });
  }

  @Command(name = "preview")
  int preview(@Mixin Options options, @Parameters(paramLabel = "PURPOSE") String purpose) {
    return with(
        options,
        server -> {
          JsonNode preview = preview(server, options, purpose).body();
          if (options.json) {
            System.out.println(preview);
          } else {
            printPreview(preview);
          }
          return Main.DONE;
        });
  }

  @Command(name = "rotate")
  int rotate(
      @Mixin Options options,
      @Parameters(paramLabel = "PURPOSE") String purpose,
      @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason,
      @Option(names = "--urgent") boolean urgent,
      @Option(names = "--confirm", paramLabel = "PURPOSE") @Nullable String confirm,
      @Option(names = "--no-wait") boolean noWait) {
    return with(
        options,
        server -> {
          Told preview = preview(server, options, purpose);
          if (!options.json) {
            printPreview(preview.body());
          }
          if (!Confirmation.given(purpose, confirm)) {
            return Main.REFUSED;
          }
          Map<String, Object> wanted = body(options, reason);
          wanted.put("urgent", urgent);
          JsonNode run =
              server
                  .post(
                      "/v1/operator/keys/" + OperatorServer.encoded(purpose) + "/rotate",
                      wanted,
                      preview.tag())
                  .body();
          JsonNode last = noWait ? run : followed(server, run);
          if (options.json) {
            System.out.println(last);
          } else {
            System.out.println(sentence(last));
          }
          return Main.DONE;
        });
  }

  @Command(name = "retire")
  int retire(
      @Mixin Options options,
      @Parameters(paramLabel = "PURPOSE") String purpose,
      @Parameters(paramLabel = "VERSION") int version,
      @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason,
      @Option(names = "--confirm", paramLabel = "PURPOSE/VERSION") @Nullable String confirm) {
    return end(options, "retire", purpose, version, reason, confirm);
  }

  @Command(name = "destroy")
  int destroy(
      @Mixin Options options,
      @Parameters(paramLabel = "PURPOSE") String purpose,
      @Parameters(paramLabel = "VERSION") int version,
      @Option(names = "--all-tenants") boolean allTenants,
      @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason,
      @Option(names = "--confirm", paramLabel = "PURPOSE/VERSION") @Nullable String confirm) {
    if (!allTenants) {
      return end(options, "destroy", purpose, version, reason, confirm);
    }
    return with(
        options,
        server -> {
          String name = purpose + "/" + version;
          if (!Confirmation.given(name, confirm)) {
            return Main.REFUSED;
          }
          return said(
              options,
              server.post(
                  "/v1/operator/keys/%s/%d/destroy-for-all"
                      .formatted(OperatorServer.encoded(purpose), version),
                  Map.of("reason", reason, "confirm", name),
                  ""));
        });
  }

  @Command(name = "destructions")
  int destructions(@Mixin Options options) {
    return with(
        options,
        server -> {
          JsonNode all = server.get(DESTRUCTIONS).body();
          if (options.json) {
            System.out.println(all);
          } else {
            all.path("destructions").forEach(one -> System.out.println(destruction(one)));
          }
          return Main.DONE;
        });
  }

  @Command(name = "approve")
  int approve(
      @Mixin Options options,
      @Parameters(paramLabel = "DESTRUCTION") UUID id,
      @Option(names = "--confirm", paramLabel = "PURPOSE/VERSION") @Nullable String confirm) {
    return with(
        options,
        server -> {
          JsonNode wished = server.get(DESTRUCTIONS + "/" + id).body();
          System.err.println(destruction(wished) + " " + wished.path("reason").asString());
          String name = wished.path("purpose").asString() + "/" + wished.path("version").asInt();
          return Confirmation.given(name, confirm)
              ? said(options, server.post(DESTRUCTIONS + "/" + id + "/approve", Map.of(), ""))
              : Main.REFUSED;
        });
  }

  @Command(name = "withdraw")
  int withdraw(@Mixin Options options, @Parameters(paramLabel = "DESTRUCTION") UUID id) {
    return with(
        options,
        server -> said(options, server.post(DESTRUCTIONS + "/" + id + "/withdraw", Map.of(), "")));
  }

  private static int said(Options options, Told told) {
    System.out.println(options.json ? told.body().toString() : destruction(told.body()));
    return Main.DONE;
  }

  private static String destruction(JsonNode one) {
    return "Destruction %s of `%s` %d for all tenants: %s%s; %,d destroyed, %,d kept."
        .formatted(
            one.path("id").asString(),
            one.path("purpose").asString(),
            one.path("version").asInt(),
            one.path("state").asString().replace('_', ' '),
            one.has("due_at") ? ", due " + one.path("due_at").asString() : "",
            one.path("destroyed").asLong(),
            one.path("kept").asLong());
  }

  private static int end(
      Options options,
      String act,
      String purpose,
      int version,
      String reason,
      @Nullable String confirm) {
    return with(
        options,
        server -> {
          JsonNode rings = server.get("/v1/operator/keys" + query(options)).body();
          for (JsonNode ring : rings.path("rings")) {
            if (ring.path("purpose").asString().equals(purpose) && !options.json) {
              print(ring);
            }
          }
          String name = purpose + "/" + version;
          if (!Confirmation.given(name, confirm)) {
            return Main.REFUSED;
          }
          Map<String, Object> wanted = body(options, reason);
          wanted.put("confirm", name);
          JsonNode ring =
              server
                  .post(
                      "/v1/operator/keys/%s/%d/%s"
                          .formatted(OperatorServer.encoded(purpose), version, act),
                      wanted,
                      "")
                  .body();
          if (options.json) {
            System.out.println(ring);
          } else {
            System.out.println("Done.");
            print(ring);
          }
          return Main.DONE;
        });
  }

  private static Told preview(OperatorServer server, Options options, String purpose)
      throws IOException, RefusedException {
    return server.get(
        "/v1/operator/keys/" + OperatorServer.encoded(purpose) + "/preview" + query(options));
  }

  private static Map<String, Object> body(Options options, String reason) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("reason", reason);
    if (options.tenant != null) {
      body.put("tenant_id", options.tenant);
    }
    return body;
  }

  private static String query(Options options) {
    return options.tenant == null ? "" : "?tenant=" + options.tenant;
  }

  /** Until it has ended. Whoever is interrupted here interrupts nothing. */
  private static JsonNode followed(OperatorServer server, JsonNode begun)
      throws IOException, RefusedException {
    JsonNode run = begun;
    String told = "";
    while (!run.has("ended_at")) {
      String now = sentence(run);
      if (!now.equals(told)) {
        System.err.println(now);
        told = now;
      }
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return run;
      }
      run = server.get("/v1/operator/rotations/" + begun.path("id").asString()).body();
    }
    return run;
  }

  private static String sentence(JsonNode run) {
    return "Rotation %s of `%s` %s: %,d rings, %,d sealed anew, %,d that do not open, resumed %d times.%s"
        .formatted(
            run.path("id").asString(),
            run.path("purpose").asString(),
            run.has("ended_at") ? "has ended" : "goes on",
            run.path("rings").asLong(),
            run.path("cells").asLong(),
            run.path("unopenable").asLong(),
            run.path("resumed").asInt(),
            run.has("held_up_since")
                ? " Held up since %s by %s: %s."
                    .formatted(
                        run.path("held_up_since").asString(),
                        run.has("held_up_by")
                            ? "tenant " + run.path("held_up_by").asString()
                            : "a ring of the platform",
                        run.path("held_up_code").asString().replace('_', ' '))
                : "");
  }

  private static void print(JsonNode ring) {
    String whose = ring.path("tenant_id").asString("");
    System.out.printf(
        "%s%s: %s%n",
        ring.path("purpose").asString(),
        whose.isEmpty() ? "" : " of " + whose,
        ring.path("makes").asString());
    for (JsonNode key : ring.path("keys")) {
      List<String> more = new ArrayList<>();
      if (key.has("due_at")) {
        more.add("due " + key.path("due_at").asString());
      }
      key.path("needed_by").forEach(sort -> more.add(counted(sort)));
      if (key.has("needed_until")) {
        more.add("needed until " + key.path("needed_until").asString());
      }
      if (key.path("may_be_destroyed").asBoolean()) {
        more.add("may be destroyed");
      }
      System.out.printf(
          "  %4d  %-14s  since %s  %s%n",
          key.path("version").asInt(),
          key.path("state").asString().replace('_', ' '),
          key.path("since").asString(),
          String.join("; ", more));
    }
  }

  private static void printPreview(JsonNode preview) {
    System.out.printf(
        Locale.ROOT,
        "%s: %,d rings with %s.%n",
        preview.path("purpose").asString(),
        preview.path("rings").asLong(),
        preview.path("makes").asString());
    long announced = preview.path("announced_seconds").asLong();
    System.out.println(
        announced == 0
            ? "  The next key takes over at once."
            : "  The next key is announced for %s, and then takes over."
                .formatted(Duration.ofSeconds(announced)));
    System.out.printf(
        "  What an older key made it verifies or opens for %s more.%n",
        Duration.ofSeconds(preview.path("overlap_seconds").asLong()));
    preview.path("ages_out").forEach(sort -> System.out.println("  ages out: " + counted(sort)));
    preview
        .path("sealed_anew")
        .forEach(sort -> System.out.println("  is sealed anew: " + counted(sort)));
  }

  private static String counted(JsonNode sort) {
    return "%,d %s".formatted(sort.path("count").asLong(), sort.path("what").asString());
  }

  private static int with(Options options, Work work) {
    try (OperatorServer server = OperatorServer.at(options.server, options.session)) {
      return work.on(server);
    } catch (RefusedException e) {
      System.err.println("cofferdam: " + why(e.code()));
      return Main.REFUSED;
    } catch (IOException e) {
      System.err.printf(
          "cofferdam: `%s` cannot be used now: %s.%n", options.server, e.getMessage());
      return UNUSABLE;
    }
  }

  private static String why(String code) {
    return switch (code) {
      case "unauthenticated" ->
          "the session is over: sign in at /operator/sign-in, and put its cookie into the file.";
      case "insufficient_user_authentication" ->
          "that takes two factors within the last five minutes: sign in again at /operator/sign-in, and put its cookie into the file.";
      case "forbidden" -> "the session is none of an operator.";
      case "not_found" -> "there is no such ring, key or destruction.";
      case "conflict" ->
          "it is not in a state for that: a rotation of this purpose goes on, something needs the key, as `./cofferdam keys list` says, or who wished it cannot approve it.";
      case "precondition_failed" -> "somebody has turned it meanwhile: look again.";
      case "invalid_field" -> "the reason is no line of 3 to 300 visible characters.";
      default -> "the server refused: " + code + ".";
    };
  }
}
