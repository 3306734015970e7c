package dev.cofferdam.server.console;

import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What everybody sees: the way in, and what pages are drawn with. */
@RestController
class WelcomePages {
  private final Pages pages;

  WelcomePages(Pages pages) {
    this.pages = pages;
  }

  @GetMapping(path = "/", produces = "text/html;charset=UTF-8")
  @Surface(
      summary = "Page: what this is, and how to sign in.",
      access = Access.ANYONE,
      limit = "public",
      action = "console.welcome")
  String welcome(Call call, HttpServletResponse response) {
    if (call.caller().person().isEmpty()) {
      return pages.render("welcome", "Sign in", "/", call, null, Map.of());
    }
    String own = call.caller().tenant().isPresent() ? "/home" : "/workspaces";
    return Redirect.to(call.caller() instanceof Caller.Operator ? "/operator" : own, response);
  }

  @GetMapping(
      path = "/assets/{name}",
      produces = {"text/css;charset=UTF-8", "image/svg+xml"})
  @Surface(
      summary = "A style sheet or picture of the pages.",
      access = Access.ANYONE,
      limit = "public",
      action = "console.asset")
  ResponseEntity<byte[]> asset(@PathVariable String name) {
    Asset asset = pages.asset(name).orElseThrow(() -> Refusal.notFound().thrown());
    return ResponseEntity.ok()
        .contentType(asset.type())
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .body(asset.bytes());
  }
}
