package dev.cofferdam.review.render;

import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.signoff.AcceptanceRow;
import dev.cofferdam.review.signoff.Deployed;
import dev.cofferdam.review.signoff.Finding;
import dev.cofferdam.review.signoff.Point;
import dev.cofferdam.review.signoff.Reached;
import dev.cofferdam.review.signoff.Replayed;
import dev.cofferdam.review.signoff.Shown;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.Subject;
import dev.cofferdam.review.signoff.ThreatRow;
import dev.cofferdam.review.signoff.TrialRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code sign-off.html}: a page to read first, and then everything. Carries the document too. */
final class HtmlPage {
  private static final String BEGINS = "<script type=\"application/json\" id=\"sign-off\">";
  private static final String ENDS = "</script>";
  private static final int SHORT = 16;

  private final Sealed sealed;
  private final SignOff signOff;
  private final Markup page = new Markup();

  private HtmlPage(Sealed sealed) {
    this.sealed = sealed;
    signOff = sealed.signOff();
  }

  static String of(Sealed sealed) {
    return new HtmlPage(sealed).written();
  }

  /**
   * The JSON that a page carries.
   *
   * @throws IllegalArgumentException when it carries none
   */
  static String carried(String html) {
    int begin = html.indexOf(BEGINS);
    int end = html.indexOf(ENDS, Math.max(0, begin));
    if (begin < 0 || end < 0) {
      throw new IllegalArgumentException("it is no page of a sign-off");
    }
    return html.substring(begin + BEGINS.length(), end);
  }

  private String written() {
    page.raw("<!DOCTYPE html>\n");
    page.open("html", "lang", "en").line().open("head").line();
    page.raw("<meta charset=\"utf-8\"/>\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    page.raw(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n");
    page.element("title", Words.title(signOff)).line();
    page.open("style").raw(style()).close("style");
    page.close("head").open("body").line();
    page.element("a", "To the detail", "class", "skip", "href", "#threats").line();
    page.open("main").line();
    first();
    contents();
    threats();
    pictures();
    findings();
    acceptances();
    waiting();
    evidence();
    method();
    subject();
    page.close("main");
    page.raw(BEGINS).raw(inScript(sealed.compact())).raw(ENDS).line();
    page.close("body").close("html");
    return page.toString();
  }

  /** Such that nothing in it ends the element, or means anything to a reader of XML. */
  private static String inScript(String json) {
    return json.replace("<", "\\u003c").replace("&", "\\u0026");
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("sign-off.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // --- the page to read first ------------------------------------------------------------------

  private void first() {
    page.open("section", "class", "first", "aria-labelledby", "top").line();
    page.element("h1", "Sign-off of a security review", "id", "top");
    page.element(
        "p", "Cofferdam, " + Words.moment(signOff) + ", against " + target(), "class", "soft");
    page.open("div", "class", "verdict " + signOff.run().verdict().word());
    page.element("strong", Words.verdict(signOff.run().verdict()));
    page.element("span", Words.sentence(signOff)).close("div");
    facts();
    there();
    replayed();
    page.element("h2", "Threats: " + Plots.counts(signOff), "class", "sub");
    page.open("div", "class", "wide").raw(Plots.shown(signOff)).close("div");
    page.open("ul", "class", "legend");
    for (Shown how : Words.ORDER) {
      if (signOff.shown(how) > 0) {
        page.open("li");
        tag(how.word(), how.told());
        page.text(" " + Words.MEANING.get(how)).close("li");
      }
    }
    page.close("ul");
    firstFindings();
    firstAcceptances();
    firstIds("Deferred", Shown.DEFERRED, "nothing is claimed of them");
    firstIds("Held in part", Shown.HELD_IN_PART, "their other half waits");
    firstIds("Refused", Shown.REFUSED, "nobody has shown that the attacks can succeed");
    firstIds("Not run", Shown.NOT_RUN, "they were not asked for");
    firstIds("Not applicable", Shown.NOT_APPLICABLE, "there is nothing here to attack");
    page.close("section");
  }

  private String target() {
    return Words.isDeployment(signOff)
        ? signOff.run().target() + ", a deployment"
        : "a " + signOff.run().target() + " of its own, not a deployment";
  }

  private void there() {
    if (Words.isDeployment(signOff)) {
      page.element("h2", "Of this deployment", "class", "sub").open("ul").line();
      Words.there(signOff).forEach(line -> page.element("li", line));
      page.close("ul");
    }
  }

  private void replayed() {
    if (Words.isReplayed(signOff)) {
      page.element("h2", "Against " + signOff.replayed().target() + " too", "class", "sub");
      page.open("ul").line();
      Words.replayed(signOff).forEach(line -> page.element("li", line));
      page.close("ul");
    }
  }

  private void facts() {
    page.open("dl", "class", "facts").line();
    fact("played", Words.played(signOff));
    fact("took", Words.seconds(signOff.run().millis()) + ", " + Words.laboratories(signOff));
    fact(
        "of the plan",
        signOff.run().only().isEmpty()
            ? "all of it"
            : "only " + String.join(", ", signOff.run().only()));
    fact(
        "reached",
        signOff.reached().routes().isEmpty()
            ? "not counted in a part"
            : "%d routes, %d of %d problems"
                .formatted(
                    signOff.reached().routes().size(),
                    signOff.reached().codes().stream().filter(row -> row.met() > 0).count(),
                    signOff.reached().codes().size()));
    fact("code", brief(signOff.subject().code()));
    fact("policies", brief(signOff.subject().policies()));
    fact("register", brief(signOff.subject().register()));
    fact("configuration", brief(signOff.subject().configuration()));
    fact(
        "signed by",
        sealed.claimedSigner().isEmpty()
            ? "nobody yet"
            : sealed.claimedSigner() + " (to be verified)");
    fact(
        "proven in time",
        sealed.seal().receipt().isEmpty()
            ? "no: the signer says when"
            : "by a receipt (to be verified)");
    page.close("dl");
  }

  private static String brief(Subject.Part part) {
    return part.digest().substring(0, SHORT) + ", " + Words.plural(part.items().size(), "item");
  }

  private void fact(String name, String value) {
    page.open("div").element("dt", name).element("dd", value).close("div");
  }

  private void firstFindings() {
    if (signOff.findings().isEmpty()) {
      return;
    }
    page.element("h2", "Findings", "class", "sub").open("ul").line();
    for (Finding finding : signOff.findings()) {
      page.open("li");
      tag(finding.severity().word(), finding.severity().word());
      page.text(" ").element("code", finding.id());
      page.text(" " + finding.disposition().word() + ", owner " + finding.owner()).close("li");
    }
    page.close("ul");
  }

  private void firstAcceptances() {
    page.element("h2", "Accepted", "class", "sub");
    if (signOff.acceptances().isEmpty()) {
      page.element("p", "Nobody has accepted anything.");
      return;
    }
    page.open("ul").line();
    for (AcceptanceRow one : signOff.acceptances()) {
      page.open("li").element("code", one.subject());
      page.text(
              "%s by %s until %s: %s"
                  .formatted(
                      one.valid() ? "" : " no longer", one.owner(), one.expires(), one.reason()))
          .close("li");
    }
    page.close("ul");
  }

  private void firstIds(String title, Shown how, String says) {
    if (signOff.shown(how) > 0) {
      page.open("p").element("b", "%s (%d, %s):".formatted(title, signOff.shown(how), says));
      for (ThreatRow threat : signOff.threats()) {
        if (threat.shown() == how) {
          page.text(" ").element("span", threat.id(), "class", "id");
        }
      }
      page.close("p");
    }
  }

  private void tag(String kind, String text) {
    page.element("span", text, "class", "tag t-" + kind);
  }

  // --- the detail ------------------------------------------------------------------------------

  private void contents() {
    page.open("nav", "aria-label", "Contents").open("p");
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("threats", "Threats");
    sections.put("pictures", "Pictures");
    sections.put("findings", "Findings");
    sections.put("acceptances", "Acceptances");
    sections.put("waiting", "What waits");
    sections.put("evidence", "Evidence");
    sections.put("method", "Method");
    sections.put("subject", "What was attacked");
    sections.forEach((id, name) -> page.element("a", name, "href", "#" + id).text(" "));
    page.close("p").close("nav");
  }

  private void section(String id, String title) {
    page.open("section", "aria-labelledby", id).element("h2", title, "id", id);
  }

  private void table(String caption, List<String> heads) {
    page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    page.open("table").element("caption", caption).heads(heads).open("tbody").line();
  }

  private void endTable() {
    page.close("tbody").close("table").close("div");
  }

  private void threats() {
    section("threats", "Threats");
    Map<String, List<ThreatRow>> families = new LinkedHashMap<>();
    signOff
        .threats()
        .forEach(
            threat ->
                families
                    .computeIfAbsent(
                        threat.id().substring(0, 3) + " · " + threat.family(),
                        _ -> new ArrayList<>())
                    .add(threat));
    families.forEach(
        (family, threats) -> {
          table(
              family,
              List.of(
                  "threat",
                  "shown",
                  "what the attacker does, and meets",
                  "layers",
                  "attackers",
                  "mutants",
                  "risk"));
          threats.forEach(this::threat);
          endTable();
        });
    page.close("section");
  }

  private void threat(ThreatRow threat) {
    page.open("tr").element("th", threat.id(), "scope", "row").open("td");
    tag(threat.shown().word(), threat.shown().told());
    page.close("td").open("td").text(threat.threat()).raw("<br/>");
    page.element("span", threat.control(), "class", "soft");
    if (!threat.references().isEmpty()) {
      page.raw("<br/>").element("span", String.join(", ", threat.references()), "class", "small");
    }
    page.close("td").element("td", String.join(", ", threat.layers()));
    page.element(
        "td", String.join(", ", threat.attackers().stream().map(Words::identity).toList()));
    page.element(
        "td",
        threat.mutants() == 0 ? "–" : threat.seen() + " of " + threat.mutants(),
        "class",
        "n");
    page.open("td");
    tag(threat.rating().residual().word(), threat.rating().residual().word());
    page.close("td").close("tr");
  }

  private void pictures() {
    section("pictures", "Pictures");
    if (signOff.trials().isEmpty()) {
      page.element("p", "Nothing was played.");
    } else if (Words.isDeployment(signOff)) {
      picture("Where the time went", "", Plots.time(signOff));
    } else {
      picture(
          "Who attacked what",
          "A filled square: held. A number: how many attacks. Outlined and light: held in part. Dashed: not run.",
          Plots.coverage(signOff));
      picture(
          "What was seen of the mutants",
          "In each row the attacks on one threat, in each group one mutant: as shipped, with each layer alone, with all layers out,"
              + " with all back in. A square: refused. A ring: seen to succeed with the control out. A cross: not as it should be.",
          Plots.mutants(signOff));
      picture("Where the time went", "", Plots.time(signOff));
    }
    if (!signOff.reached().routes().isEmpty()) {
      picture(
          "Who asked for which route",
          "Filled: at least once, the server being as it ships.",
          Plots.routes(signOff.reached()));
      problems();
    }
    List<Point> points = new ArrayList<>(signOff.history());
    if (signOff.run().only().isEmpty() && !Words.isDeployment(signOff)) {
      points.add(Point.of(signOff));
    }
    if (points.size() > 1) {
      picture(
          "Threats over the last whole runs",
          "Of each run the day of the month.",
          Plots.history(points));
    }
    page.close("section");
  }

  private void problems() {
    table("Problems that the server's document names", List.of("problem", "met", "why not"));
    for (Reached.CodeRow row : signOff.reached().codes()) {
      page.open("tr").open("th", "scope", "row").element("code", row.code()).close("th");
      page.element("td", Integer.toString(row.met()), "class", "n");
      page.element("td", row.reason()).close("tr");
    }
    endTable();
  }

  private void picture(String title, String says, String svg) {
    page.open("figure", "style", "margin:0").element("h3", title);
    if (!says.isEmpty()) {
      page.element("figcaption", says, "class", "soft");
    }
    page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", title);
    page.raw(svg).close("div").close("figure");
  }

  private void findings() {
    section("findings", "Findings");
    if (signOff.findings().isEmpty()) {
      page.element("p", "There is none.").close("section");
      return;
    }
    table(
        "Findings, the worst first",
        List.of("finding", "kind", "severity", "disposition", "owner", "until", "what was seen"));
    for (Finding finding : signOff.findings()) {
      page.open("tr").open("th", "scope", "row").element("code", finding.id()).close("th");
      page.element("td", finding.kind().word().replace('_', ' ')).open("td");
      tag(finding.severity().word(), finding.severity().word());
      page.close("td").element("td", finding.disposition().word());
      page.element("td", finding.owner()).element("td", finding.until());
      page.element("td", finding.what()).close("tr");
    }
    endTable();
    page.close("section");
  }

  private void acceptances() {
    section("acceptances", "Acceptances");
    if (signOff.acceptances().isEmpty()) {
      page.element("p", "Nobody has accepted anything.").close("section");
      return;
    }
    table(
        "What somebody answers for", List.of("of", "owner", "since", "until", "counted", "reason"));
    for (AcceptanceRow one : signOff.acceptances()) {
      page.open("tr").open("th", "scope", "row").element("code", one.subject()).close("th");
      page.element("td", one.owner()).element("td", one.since()).element("td", one.expires());
      page.element("td", one.valid() ? "yes" : "no").element("td", one.reason()).close("tr");
    }
    endTable();
    page.close("section");
  }

  private void waiting() {
    section("waiting", "What waits, and what does not apply");
    table("Halves that no attack covers, with the reason", List.of("threat", "shown", "reason"));
    for (ThreatRow threat : signOff.threats()) {
      String reasons = Words.reasons(threat);
      if (!reasons.isEmpty()) {
        page.open("tr").element("th", threat.id(), "scope", "row").open("td");
        tag(threat.shown().word(), threat.shown().told());
        page.close("td").element("td", reasons).close("tr");
      }
    }
    endTable();
    page.close("section");
  }

  private void notPlayed() {
    if (Words.isDeployment(signOff)) {
      table("Attacks that were not played, with the reason", List.of("attack", "reason"));
      for (Deployed.NotPlayed one : signOff.deployed().notPlayed()) {
        page.open("tr").open("th", "scope", "row").element("code", one.attack()).close("th");
        page.element("td", one.reason()).close("tr");
      }
      endTable();
    }
  }

  private void places() {
    if (Words.isReplayed(signOff)) {
      table(
          "Where each attack was played, and what came of it against the server",
          List.of("attack", "where", "there", "time", "what came of it, or why not"));
      for (Replayed.Row row : signOff.replayed().attacks()) {
        page.open("tr").open("th", "scope", "row").element("code", row.attack()).close("th");
        page.element("td", row.where()).element("td", row.verdict());
        page.element(
            "td", row.verdict().isEmpty() ? "–" : Words.seconds(row.millis()), "class", "n");
        page.element("td", row.told()).close("tr");
      }
      endTable();
    }
  }

  private void evidence() {
    section("evidence", "Evidence");
    notPlayed();
    places();
    page.element("p", "What came of each playing, as the attack told it.");
    for (TrialRow trial : signOff.trials()) {
      page.open("details").open("summary").element("code", trial.attack());
      page.text(
          trial.layers().isEmpty()
              ? " as deployed"
              : " without " + String.join(", ", trial.layers()));
      page.text(": " + (trial.isGood() ? "as it should" : "not as it should"));
      page.text(", " + Words.seconds(trial.millis())).close("summary").open("ul").line();
      page.element("li", "The attacker " + trial.does() + ".");
      for (TrialRow.StepRow step : trial.steps()) {
        page.open("li").element("b", step.state() + ": " + step.verdict());
        page.text((step.asItShould() ? ", " : ", which it should not: ") + step.evidence());
        page.close("li");
      }
      page.close("ul").close("details");
    }
    page.close("section");
  }

  private void method() {
    section("method", "How risk is told");
    page.open("ol").line();
    Words.METHOD.forEach(line -> page.element("li", line));
    page.close("ol").close("section");
  }

  private void subject() {
    section("subject", "What was attacked");
    page.element(
        "p",
        "This says nothing of any other code, policies, settings or register: `./cofferdam review verify` compares. It ran on "
            + signOff.run().machine()
            + ".");
    Map<String, Subject.Part> parts = new LinkedHashMap<>(signOff.subject().attacked());
    parts.put("review, which attacked", signOff.subject().review());
    parts.forEach(
        (name, part) -> {
          page.open("details").open("summary").element("b", name).text(" ");
          page.element("code", part.digest()).close("summary").open("ul").line();
          part.items()
              .forEach(
                  (item, value) ->
                      page.open("li").text(item + " ").element("code", value).close("li"));
          page.close("ul").close("details");
        });
    page.element("p", "Layers that are named above:").open("ul").line();
    signOff
        .layers()
        .forEach(
            layer ->
                page.open("li")
                    .element("code", layer.id())
                    .text(" (" + layer.module() + "): " + layer.what())
                    .close("li"));
    page.close("ul").close("section");
  }
}
