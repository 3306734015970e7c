package dev.cofferdam.server.identity.idp;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages, which work without scripts. Whatever stands in one from outside is escaped here. */
final class Pages {
  static final String STYLE =
      """
      :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
      body { max-width: 34rem; margin: 0 auto; padding: 1rem }
      .mark { background: #8a1c00; color: #fff; padding: .5rem 1rem; border-radius: .375rem; margin: 0 }
      fieldset, ul { border: 1px solid #8888; border-radius: .375rem; padding: .75rem 1rem; margin: 1rem 0 }
      ul { list-style: none }
      li + li { margin-top: .5rem }
      label { display: flex; align-items: center; gap: .5rem; min-height: 2.75rem }
      button { font: inherit; width: 100%; min-height: 2.75rem; text-align: start; padding: .5rem .75rem; cursor: pointer }
      :focus-visible { outline: 3px solid #2563eb; outline-offset: 2px }
      """;

  private Pages() {}

  /** Whom to sign in, and how strongly. */
  static String choose(AuthorizationRequest request, Map<String, List<String>> parameters) {
    return page(
        "Sign in",
        """
        <form method="post" action="/authorize">
        %s
        <fieldset><legend>How they have proven it</legend>
        %s</fieldset>
        <h2 id="who">Sign in as</h2>
        <ul aria-labelledby="who">
        %s</ul>
        <button name="person" value="">Turn back without signing in</button>
        </form>
        """
            .formatted(hidden(parameters), assurances(wanted(request)), persons()));
  }

  private static DemoAssurance wanted(AuthorizationRequest request) {
    return request.acrValues().stream()
        .flatMap(acr -> DemoAssurance.of(acr).stream())
        .findFirst()
        .orElse(DemoAssurance.ONE_FACTOR);
  }

  private static String hidden(Map<String, List<String>> parameters) {
    return parameters.entrySet().stream()
        .map(
            field ->
                "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                    .formatted(htmlEscape(field.getKey()), htmlEscape(field.getValue().getFirst())))
        .collect(Collectors.joining("\n"));
  }

  private static String assurances(DemoAssurance wanted) {
    return List.of(DemoAssurance.values()).stream()
        .map(
            one ->
                "<label><input type=\"radio\" name=\"assurance\" value=\"%s\"%s> %s</label>%n"
                    .formatted(one.acr(), one == wanted ? " checked" : "", htmlEscape(one.words())))
        .collect(Collectors.joining());
  }

  private static String persons() {
    return DemoPerson.ALL.stream()
        .map(
            person ->
                "<li><button name=\"person\" value=\"%s\"><strong>%s</strong>, %s <br>%s</button></li>%n"
                    .formatted(
                        person.subject(),
                        htmlEscape(person.name()),
                        htmlEscape(person.part()),
                        htmlEscape(person.email())))
        .collect(Collectors.joining());
  }

  /** A sentence and nothing to do. */
  static String says(String title, String sentence) {
    return page(title, "<p>" + htmlEscape(sentence) + "</p>");
  }

  private static String page(String title, String content) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s · development identity provider</title>
    <link rel="stylesheet" href="/style.css">
    </head>
    <body>
    <header class="mark"><strong>Development identity provider.</strong> It asks nobody for proof, and runs on this machine only.</header>
    <main>
    <h1>%s</h1>
    %s
    </main>
    </body>
    </html>
    """
        .formatted(htmlEscape(title), htmlEscape(title), content);
  }
}
