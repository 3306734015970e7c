package dev.cofferdam.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.node.Main;
import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.PersonalData;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The audit log's pages as a browser without scripts uses them. */
class AuditPagesTest {
  private static final Pattern ROW =
      Pattern.compile("<a href=\"(/audit/records/[^\"]+)\">([^<]+)<");
  private static final Pattern COMMAND =
      Pattern.compile("(?s)<pre><code>([^<]*verify [^<]*)</code>");
  private static final Pattern DOWNLOAD =
      Pattern.compile("href=\"([^\"]+)\" download=\"([^\"]+)\"");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @TempDir Path folder;

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("t" + UUID.randomUUID().toString().replace("-", ""));
  private final LogId.OfTenant log = new LogId.OfTenant(new TenantId(UUID.fromString(tenant)));
  private final Actor.OfNode node = new Actor.OfNode(UUID.randomUUID());

  private String append(Entry entry) {
    return Scopes.call(
            SERVER.bean(TenantGate.class).scopeOf(log.tenant()).orElseThrow(),
            () -> (Receipted) SERVER.bean(AuditLog.class).append(entry))
        .id()
        .toString();
  }

  private static List<String> found(Pattern pattern, int group, Answer page) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(page.http().body());
    while (matcher.find()) {
      found.add(unescaped(matcher.group(group)));
    }
    return found;
  }

  private static String unescaped(String html) {
    return html.replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&lt;", "<")
        .replace("&amp;", "&");
  }

  private static List<String> actions(Answer page) {
    assertThat(page.status()).as(page.http().body()).isEqualTo(200);
    return found(ROW, 2, page);
  }

  @Test
  void recordsAreSearchedByAFormAndPageAfterPage() {
    for (int n = 0; n < 30; n++) {
      append(Entry.done(log, node, "secret.read").on("secret", "s" + n));
    }
    append(Entry.denied(log, node, "secret.read", "not_found").on("secret", "<i>"));

    Answer first = owner.get("/audit?action=secret.read&outcome=done&actor=&object=&from=&to=");
    assertThat(actions(first)).hasSize(25).containsOnly("secret.read");
    assertThat(first.http().body())
        .contains("value=\"secret.read\"", "<option value=\"done\" selected")
        .contains("/v1/audit/records.csv?action=secret.read&amp;outcome=done");
    String older = found(Pattern.compile("rel=\"next\" href=\"([^\"]+)\""), 1, first).getFirst();
    Answer second = owner.get(older);
    assertThat(actions(second)).hasSize(5);
    assertThat(second.http().body()).doesNotContain("rel=\"next\"").contains(">Newest<");

    Answer denied = owner.get("/audit?outcome=denied");
    assertThat(denied.http().body()).contains("&lt;i>", ">not_found<").doesNotContain("<i>");
    assertThat(owner.get("/audit?action=secret.none").http().body())
        .contains("No record fits that.");
    assertThat(actions(owner.get("/audit?from=2020-01-01T00:00&to=2021-01-01T00:00"))).isEmpty();
    assertThat(actions(owner.get("/audit?action=secret.read&from=2020-01-01T00:00"))).hasSize(25);
    assertThat(
            owner
                .get("/audit?outcome=denied&cursor=" + older.replaceAll(".*cursor=", ""))
                .text("code"))
        .as("a page of another search")
        .isEqualTo("invalid_cursor");
  }

  @Test
  void whatCannotBeLookedForComesBackWithWhatWasTypedAndIsNamed() {
    Answer page = owner.get("/audit?actor=%3Cb%3E&outcome=denied");

    assertThat(page.status()).isEqualTo(422);
    assertThat(page.http().body())
        .contains("role=\"alert\"", "that actor", "value=\"&lt;b>\"", "aria-invalid=\"true\"")
        .contains("<option value=\"denied\" selected")
        .doesNotContain("<b>", "<table");
  }

  @Test
  void lookingIsRecorded() {
    owner.get("/audit");
    String id = append(Entry.done(log, node, "secret.read").on("secret", "one"));
    owner.get("/audit/records/" + id);

    assertThat(actions(owner.get("/audit?object=record:" + id))).containsExactly("record.read");
    assertThat(actions(owner.get("/audit?action=record.list"))).isNotEmpty();
  }

  @Test
  void theCommandOfARecordVerifiesWhatItsPageLetsOneDownload() throws Exception {
    String id =
        append(Entry.done(log, node, "secret.read").on("secret", "one").with("reason", "a \"b\""));
    Answer page = owner.get("/audit/records/" + id);

    assertThat(page.http().body()).contains("secret.read", "a \"b\"", ">done<", id);
    download(page);
    assertThat(run(found(COMMAND, 1, page).getFirst())).isEqualTo(0);
    Path record = folder.resolve(id + ".record");
    Files.writeString(record, Files.readString(record).replace("done", "gone"));
    assertThat(run(found(COMMAND, 1, page).getFirst())).isEqualTo(1);
  }

  @Test
  void theCommandsOfTheLogVerifyWhatTheirPageLetsOneDownload() throws Exception {
    Answer before = owner.get("/audit/verify");
    download(before);
    append(Entry.done(log, node, "secret.read").on("secret", "one"));
    HttpResponse<byte[]> archive = fetch("/v1/audit/log.tar");
    String name =
        archive
            .headers()
            .firstValue("Content-Disposition")
            .orElseThrow()
            .replaceAll(".*\"(.*)\"", "$1");
    Files.write(folder.resolve(name), archive.body());

    assertThat(before.http().body()).contains("href=\"/v1/audit/log.tar\"");
    assertThat(run(found(COMMAND, 1, before).getFirst())).isEqualTo(0);
  }

  private void download(Answer page) throws Exception {
    List<String> names = found(DOWNLOAD, 2, page);
    List<String> paths = found(DOWNLOAD, 1, page);
    assertThat(names).isNotEmpty();
    for (int n = 0; n < names.size(); n++) {
      Files.write(folder.resolve(names.get(n)), fetch(paths.get(n)).body());
    }
  }

  private HttpResponse<byte[]> fetch(String path) throws Exception {
    HttpResponse<byte[]> answer =
        HTTP.send(owner.request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer;
  }

  /** Types it into a shell, in the folder with the downloads. */
  private int run(String commands) throws Exception {
    String tool =
        "cofferdam-node() { '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"; }\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName());
    Process shell =
        new ProcessBuilder("bash", "-c", tool + commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).containsAnyOf("clean: ", "tampered: ");
    return shell.exitValue();
  }

  @Test
  void personalDataHaveAPageOfTheirOwnWhichIsRecorded() {
    String id =
        append(
            Entry.done(log, node, "member.invited")
                .with(new PersonalData(UUID.randomUUID(), Map.of("address", "a&b@example.com"))));

    assertThat(owner.get("/audit/records/" + id).http().body())
        .contains("/audit/records/" + id + "/personal")
        .doesNotContain("example.com");
    assertThat(owner.get("/audit/records/" + id + "/personal").http().body())
        .contains("a&amp;b@example.com");
    assertThat(actions(owner.get("/audit?action=record.read_personal"))).hasSize(1);
  }

  @Test
  void theNavigationHasWhatOneMayOpenAndTheRestIsRefusedInWords() throws Exception {
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    Browser auditor = Browser.ofMember(SERVER, tenant, Role.AUDITOR);

    assertThat(owner.get("/home").http().body()).contains("href=\"/audit\"");
    assertThat(auditor.get("/home").http().body()).contains("href=\"/audit\"");
    assertThat(member.get("/home").http().body()).doesNotContain("href=\"/audit\"");
    var refused = SERVER.send(member.request("/audit").header("Accept", "text/html,*/*;q=0.8"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("<h1>Not allowed</h1>", "Ask somebody whose role");
    assertThat(Browser.ofSomebody(SERVER).get("/workspaces").http().body())
        .as("in no tenant")
        .doesNotContain("href=\"/home\"", "href=\"/audit\"", "href=\"/members\"");
  }
}
