package dev.cofferdam.review.web;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs somebody in at the development IdP, page by page, as a person with a browser does. */
public final class SignIn {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

  private SignIn() {}

  /**
   * Leaves {@code browser} with a session of {@code subject}'s.
   *
   * @param acr how they have proven it, as the identity provider writes it
   * @return what the identity provider sent along with the browser, which nobody else may see
   */
  public static Map<String, String> of(Browser browser, String subject, String acr) {
    return again(browser, "/sign-in?return_to=/workspaces", subject, acr);
  }

  /** The same with a session as an operator of the platform. */
  public static void asOperator(Browser browser, String subject, String acr) {
    again(browser, "/operator/sign-in?return_to=/operator", subject, acr);
  }

  /**
   * The same by another way to the identity provider, such as one that a challenge names.
   *
   * @param path where the way begins
   */
  public static Map<String, String> again(
      Browser browser, String path, String subject, String acr) {
    String back = way(browser, path, subject, acr);
    led(browser.get(back), "the way back");
    return parameters(URI.create(back).getRawQuery());
  }

  /** The same but for the last step: where the identity provider sends the browser back to. */
  public static String way(Browser browser, String path, String subject, String acr) {
    URI page = URI.create(led(browser.get(path), "the way to it"));
    Site idp = new Site(page.getHost(), page.getPort());
    try (Browser there = new Browser(idp, Map.of(), null, () -> {})) {
      Map<String, String> form = hidden(there.get(page.getRawPath() + "?" + page.getRawQuery()));
      form.put("person", subject);
      form.put("assurance", acr);
      Ask chosen = Ask.of("POST", "/authorize").form(form).with("Origin", idp.origin());
      URI back = URI.create(led(there.ask(chosen), "the identity provider"));
      return back.getRawPath() + "?" + back.getRawQuery();
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      String[] halves = pair.split("=", 2);
      parameters.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static Map<String, String> hidden(Reply page) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Matcher field = HIDDEN.matcher(page.text()); field.find(); ) {
      fields.put(read(field.group(1)), read(field.group(2)));
    }
    if (fields.isEmpty()) {
      throw new IllegalStateException("the identity provider shows no form: " + page.readable());
    }
    return fields;
  }

  /** What HTML wrote for it. */
  private static String read(String html) {
    return html.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private static String led(Reply reply, String by) {
    return reply
        .field("Location")
        .orElseThrow(
            () ->
                new IllegalStateException("nobody signs in: " + by + " said " + reply.readable()));
  }
}
