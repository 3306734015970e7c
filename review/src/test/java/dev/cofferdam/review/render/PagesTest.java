package dev.cofferdam.review.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cofferdam.review.RecordedRun;
import dev.cofferdam.review.register.Acceptance;
import dev.cofferdam.review.register.Acceptances;
import dev.cofferdam.review.seal.ReviewerKey;
import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.signoff.Deployed;
import dev.cofferdam.review.signoff.Point;
import dev.cofferdam.review.signoff.Shown;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.web.Coverage;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Who;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PagesTest {
  private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]+)\"");
  private static final Pattern LABEL = Pattern.compile("aria-labelledby=\"([^\"]+)\"");

  @TempDir private Path folder;

  private final SignOff withAll =
      new RecordedRun()
          .open("ISO-04")
          .surviving("AUD-01")
          .unprobed("GET /new: nothing is said of `x`")
          .accepting(
              new Acceptances(
                  List.of(
                      new Acceptance(
                          RecordedRun.finding("ISO-04", "succeeds"),
                          "it is \"known\" & <b>small</b>",
                          "platform team",
                          LocalDate.parse("2026-11-01"),
                          LocalDate.parse("2027-01-31")))))
          .reaching(
              new Coverage(
                  List.of(new Coverage.RouteTouched(route(), Map.of(Who.NOBODY, 3))),
                  List.of(new Coverage.CodeMet("gone", 0, "only where <nothing> is left")),
                  List.of()))
          .after(List.of(Point.of(new RecordedRun().signOff())))
          .signOff();

  @Test
  void theSameSignOffIsAlwaysWrittenTheSame() {
    Sealed sealed = Sealed.unsigned(withAll);

    assertThat(Pages.of(Sealed.parse(sealed.json()))).isEqualTo(Pages.of(sealed));
  }

  @Test
  void thePageTellsVerdictFindingsAcceptancesAndWhatIsNotShown() {
    String html = page(withAll, "sign-off.html");

    assertThat(html)
        .contains("<strong>Findings</strong>", "There are 2 findings.")
        .contains(RecordedRun.finding("ISO-04", "succeeds"))
        .contains("by platform team until 2027-01-31")
        .contains("it is &quot;known&quot; &amp; &lt;b&gt;small&lt;/b&gt;")
        .contains("nobody yet", "GET /v1/groups/{group} by nobody: 3")
        .contains("only where &lt;nothing&gt; is left");
    withAll.threats().stream()
        .filter(threat -> threat.shown() == Shown.DEFERRED)
        .forEach(
            threat ->
                assertThat(html)
                    .contains(
                        "<th scope=\"row\">%s</th><td><span class=\"tag t-deferred\">"
                            .formatted(threat.id())));
  }

  @Test
  void thePageOfADeploymentTellsWhatWasNotPlayedAndWhatIsLeft() {
    SignOff signOff =
        new RecordedRun()
            .deployed(
                new Deployed(
                    "review-12345678",
                    99,
                    3,
                    List.of("group 7 in victim's tenant: 503 unavailable"),
                    "reviewer",
                    "none is seen: no sign-off was given",
                    List.of(new Deployed.NotPlayed("AUD-01.head", "needs the <laboratory>"))))
            .signOff();

    assertThat(page(signOff, "sign-off.html"))
        .contains("https://cofferdam.example, a deployment", "review-12345678")
        .contains("Left behind: group 7 in victim&#39;s tenant")
        .contains("99 requests, of which 3 met a limit")
        .contains("<code>AUD-01.head</code></th><td>needs the &lt;laboratory&gt;")
        .doesNotContain("class=\"tag t-held\"");
    assertThat(page(signOff, "sign-off.md")).contains("- AUD-01.head: needs the \\<laboratory\\>");
  }

  @Test
  void thePageOfARunAgainstALiveServerTellsWhereEachAttackWasPlayed() throws IOException {
    SignOff signOff = new RecordedRun().live("ISO-01.things").signOff();

    assertThat(page(signOff, "sign-off.html"))
        .contains("Against http://127.0.0.1:8180 too", "review1a2b", "A_SETTING")
        .contains(
            "<code>ISO-01.things</code></th><td>both</td><td>succeeded</td>",
            "<code>AUD-01.edited</code></th><td>laboratory</td><td></td>");
    assertThat(page(signOff, "sign-off.md")).contains("| ISO-01.things | both | succeeded |");
    assertThat(
            schema(
                    SpecificationVersion.DRAFT_2020_12,
                    Files.readString(Path.of("../docs/sign-off.schema.json")))
                .validate(parsed(page(signOff, Pages.JSON))))
        .isEmpty();
    assertThat(page(new RecordedRun().signOff(), "sign-off.html"))
        .doesNotContain("Where each attack was played");
  }

  @Test
  void nothingThatAnAttackedSystemAnsweredIsMarkup() {
    assertThat(page(withAll, "sign-off.html")).doesNotContain("<script>alert");
    assertThat(page(withAll, "sign-off.md"))
        .doesNotContain("<script>alert")
        .contains("\\<script\\>alert");
  }

  @Test
  void thePageIsWellFormedAndFetchesNothing() throws Exception {
    String html = page(withAll, "sign-off.html");

    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
    assertThat(html)
        .contains("default-src 'none'")
        .doesNotContainPattern("(src|href)=\"(https?:)?//")
        .doesNotContain("url(");
    Set<String> ids = new TreeSet<>();
    ID.matcher(html)
        .results()
        .forEach(id -> assertThat(ids.add(id.group(1))).as(id.group()).isTrue());
    LABEL
        .matcher(html)
        .results()
        .forEach(label -> assertThat(ids).contains(label.group(1).split(" ")));
    assertThat(html).contains("<svg").doesNotContainPattern("<svg(?![^>]*role=\"img\")");
  }

  @Test
  void ofAnEmptyRunThereIsAPageToo() throws IOException {
    SignOff nothing = new RecordedRun().only("XYZ").signOff();

    assertThat(page(nothing, "sign-off.html")).contains("Incomplete", "Nothing was played.");
  }

  @Test
  void theJsonIsAsDocumented() throws IOException {
    JsonNode json = parsed(page(withAll, Pages.JSON));
    Schema schema =
        schema(
            SpecificationVersion.DRAFT_2020_12,
            Files.readString(Path.of("../docs/sign-off.schema.json")));

    assertThat(schema.validate(json)).isEmpty();
    assertThat(schema.validate(parsed(page(withAll, Pages.JSON).replace("\"held\"", "\"green\""))))
        .isNotEmpty();
  }

  @Test
  void theSarifIsAsOasisPublishedIt() throws IOException {
    String sarif = page(withAll, "sign-off.sarif");
    Schema schema = schema(SpecificationVersion.DRAFT_7, published());

    assertThat(schema.validate(parsed(sarif))).isEmpty();
    assertThat(schema.validate(parsed(sarif.replace("\"open\"", "\"closed\"")))).isNotEmpty();
    JsonNode results = parsed(sarif).path("runs").path(0).path("results");
    assertThat(results.valueStream().filter(one -> one.path("kind").asString().equals("fail")))
        .hasSize(3);
    assertThat(results.valueStream().filter(one -> one.has("suppressions"))).hasSize(1);
    assertThat(
            results
                .valueStream()
                .map(one -> one.path("ruleId").asString())
                .collect(Collectors.toSet()))
        .containsAll(RecordedRun.everyThreat().toList());
  }

  @Test
  void inOscalOnlyWhatWasHeldIsSatisfiedAndEveryReferenceLeadsSomewhere() {
    JsonNode results = parsed(page(withAll, "sign-off.oscal.json")).path("assessment-results");
    JsonNode result = results.path("results").path(0);

    Set<String> uuids = new TreeSet<>();
    results
        .findValues("uuid")
        .forEach(
            uuid -> {
              assertThat(uuid.asString())
                  .matches(
                      "[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
              assertThat(uuids.add(uuid.asString())).as("twice: " + uuid).isTrue();
            });
    assertThat(uuids).contains(results.path("import-ap").path("href").asString().substring(1));
    for (String reference : List.of("observation-uuid", "risk-uuid")) {
      assertThat(results.findValues(reference))
          .isNotEmpty()
          .allMatch(uuid -> uuids.contains(uuid.asString()));
    }
    assertThat(result.path("findings"))
        .hasSize(withAll.threats().size())
        .allSatisfy(
            finding -> {
              String threat = finding.path("target").path("target-id").asString();
              assertThat(finding.path("target").path("status").path("state").asString())
                  .isEqualTo(
                      withAll.threat(threat).orElseThrow().shown() == Shown.HELD
                          ? "satisfied"
                          : "not-satisfied");
            });
    assertThat(result.path("observations")).hasSize(withAll.trials().size());
    assertThat(result.path("risks").valueStream().map(risk -> risk.path("status").asString()))
        .hasSize(withAll.findings().size())
        .contains("open", "deviation-approved");
    for (String required : List.of("title", "last-modified", "version", "oscal-version")) {
      assertThat(results.path("metadata").path(required).asString()).isNotEmpty();
    }
    assertThat(page(new RecordedRun().signOff(), "sign-off.oscal.json"))
        .doesNotContain("\"risks\"");
  }

  @Test
  void aPageIsTheSignOffThatItCarries() throws IOException {
    Sealed sealed =
        Sealed.by(ReviewerKey.make(folder.resolve("reviewer.key"), "reviewer"), withAll);
    Pages.of(sealed).forEach((name, content) -> assertOpens(write(name, content), sealed, true));

    String green = page(sealed, "sign-off.html").replace("Findings</strong>", "Good</strong>");
    assertOpens(write("sign-off.html", green), sealed, false);
    String shorter = page(sealed, "sign-off.sarif").replace("\"fail\"", "\"pass\"");
    assertOpens(write("sign-off.sarif", shorter), sealed, false);
  }

  @Test
  void whatIsNoSignOffIsRefused() {
    assertThatThrownBy(() -> SignOffFile.open(write("page.html", "<p>all is well</p>")))
        .hasMessageContaining("it is no page of a sign-off");
    assertThatThrownBy(() -> SignOffFile.open(write("some.json", "{}")))
        .hasMessageContaining("is no sign-off that this version can read");
    assertThatThrownBy(() -> SignOffFile.open(write("alone.md", "# Good")))
        .hasMessageContaining("sign-off.json");
  }

  private static void assertOpens(Path file, Sealed sealed, boolean asWritten) {
    try {
      assertThat(SignOffFile.open(file)).isEqualTo(new SignOffFile(sealed, asWritten));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path write(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Route route() {
    return new Route(
        "GET",
        "/v1/groups/{group}",
        "tenant",
        Set.of(),
        "group.read",
        List.of(),
        List.of(),
        false,
        false,
        false,
        false,
        false,
        false,
        Set.of("gone"));
  }

  private static String page(SignOff signOff, String name) {
    return page(Sealed.unsigned(signOff), name);
  }

  private static String page(Sealed sealed, String name) {
    return Objects.requireNonNull(Pages.of(sealed).get(name));
  }

  private static JsonNode parsed(String json) {
    return JsonMapper.shared().readTree(json);
  }

  private static Schema schema(SpecificationVersion version, String text) {
    return SchemaRegistry.withDefaultDialect(version).getSchema(text, InputFormat.JSON);
  }

  private static String published() throws IOException {
    try (InputStream in = PagesTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
