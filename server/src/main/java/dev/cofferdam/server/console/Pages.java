package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RequestId;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Renders pages. What comes from outside is escaped by where it stands in the template. */
@Component
final class Pages {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Asset style =
      new Asset("console.css", new MediaType("text", "css", StandardCharsets.UTF_8));
  private final Asset icon = new Asset("icon.svg", MediaType.valueOf("image/svg+xml"));
  private final Navigation navigation;

  Pages(Navigation navigation) {
    this.navigation = navigation;
  }

  Optional<Asset> asset(String name) {
    return Stream.of(style, icon).filter(asset -> asset.isNamed(name)).findFirst();
  }

  String render(
      String template,
      String title,
      String path,
      Call call,
      @Nullable PresentedSession session,
      Map<String, Object> more) {
    Frame.Member member =
        session != null && call.caller() instanceof Caller.SignedIn person
            ? new Frame.Member(
                session.csrfToken(), person.session().toString(), navigation.of(person))
            : null;
    return render(
        template,
        new Frame(title, path, style.path(), icon.path(), member, call.id().toString()),
        more);
  }

  /** Of somebody of whom nothing may be known. */
  String renderProblem(RequestId request, Problem problem) {
    return render(
        "problem",
        new Frame(problem.title(), "", style.path(), icon.path(), null, request.toString()),
        Map.of("problem", problem));
  }

  private String render(String template, Frame frame, Map<String, Object> more) {
    Map<String, Object> model = new HashMap<>(more);
    model.put("frame", frame);
    StringOutput out = new StringOutput();
    engine.render(template + ".jte", model, out);
    return out.toString();
  }
}
