package dev.cofferdam.review.people;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.identity.KeyedClient;
import dev.cofferdam.review.identity.Tokens;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * IDN-09 and ISO-13: what was ended is used again: a session, a membership, a role, a tenant. It is
 * asked for again and again, and a second after the end no answer may be the old one.
 */
public final class Endings {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final String COOKIE = "__Host-cofferdam";

  /** More than lies between server and client, so that a stream is still being written. */
  private static final int RECORDS = 600;

  /** Of each record, of a thousand characters each. */
  private static final int DETAILS = 20;

  private static final int FIRST = 4 << 10;
  private static final int WINDOW = 64 << 10;

  private Endings() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "IDN-09.replayed",
            "goes on with the cookie of a session that was signed out, ended from elsewhere, or given another",
            Identity.MEMBER,
            Endings::replayed),
        attack(
            "IDN-09.token",
            "goes on with a token that was revoked, a service's, a client's, and one of somebody removed",
            Identity.PERSONAL_TOKEN,
            Endings::tokens),
        attack(
            "ISO-13.member",
            "goes on in a tenant after being removed, and as an admin after being made a member",
            Identity.FORMER_MEMBER,
            Endings::member),
        inside(
            "ISO-13.suspended",
            "goes on in a tenant after it was suspended",
            Identity.MEMBER,
            Endings::suspended),
        inside(
            "ISO-13.stream",
            "goes on reading a long answer after being removed",
            Identity.FORMER_MEMBER,
            Endings::stream));
  }

  private static Attack attack(String id, String does, Identity who, Portable.Assault assault) {
    return Attack.amongOwn(
            id,
            does,
            Mode.DESTRUCTIVE,
            Set.of(who),
            assault,
            scene -> ownerWorks(scene.web(), scene.attacker()),
            Endings::ownerWorks)
        .usingUp();
  }

  /** One that has the tenant suspended, or its log grow. */
  private static Attack inside(String id, String does, Identity who, Attack.Assault assault) {
    return new Attack(id, does, Mode.DESTRUCTIVE, Set.of(who), assault, Endings::ownerWorks);
  }

  /**
   * How long something went on after it had ended, or null when it still did after a second.
   *
   * @param goesOn whether an answer is what it was before
   */
  private static @Nullable Duration until(Browser browser, Ask ask, Predicate<Reply> goesOn)
      throws InterruptedException {
    long ended = System.nanoTime();
    while (true) {
      long began = System.nanoTime();
      boolean old = goesOn.test(browser.ask(ask));
      if (!old) {
        return Duration.ofNanos(System.nanoTime() - ended);
      }
      if (began - ended > SECOND.toNanos()) {
        return null;
      }
      Thread.sleep(PAUSE);
    }
  }

  /** What was ended, and how. */
  private record End(String called, Browser victim, Ask ask, Predicate<Reply> goesOn, Ending by) {}

  /** Ends it; gives the answer. */
  @FunctionalInterface
  private interface Ending {
    Reply end();
  }

  private static Verdict judged(List<End> ends) throws InterruptedException {
    List<String> met = new ArrayList<>();
    for (End end : ends) {
      Reply before = end.victim().ask(end.ask());
      if (!end.goesOn().test(before)) {
        return new Verdict.Inconclusive(end.called() + ": before, it met " + before.brief());
      }
      Reply ended = end.by().end();
      if (!ended.isDone()) {
        return new Verdict.Inconclusive(end.called() + ": cannot be ended: " + ended.brief());
      }
      Duration went = until(end.victim(), end.ask(), end.goesOn());
      if (went == null) {
        return new Verdict.Succeeded(end.called() + ": a second later it still goes on");
      }
      met.add("%s: over after %d ms".formatted(end.called(), went.toMillis()));
    }
    return new Verdict.Refused(String.join("; ", met));
  }

  private static Verdict replayed(Scene scene) throws InterruptedException {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    List<Browser> sessions = web.spare(web.resident(tenant, Part.OWNER));
    Ask me = Ask.get("/v1/me");
    Browser out = sessions.get(0);
    Browser ended = sessions.get(1);
    Browser moved = sessions.get(2);
    String session = ended.get("/v1/me").member("session_id");
    Browser everywhere = web.as(tenant, Part.ADMIN);
    return judged(
        List.of(
            new End(
                "signed out",
                copy(web, out),
                me,
                Reply::isDone,
                () -> out.ask(Ask.of("DELETE", "/v1/session"))),
            new End(
                "ended from another session",
                copy(web, ended),
                me,
                Reply::isDone,
                () -> moved.ask(Ask.of("DELETE", "/v1/sessions/" + session))),
            new End(
                "given another handle",
                copy(web, moved),
                me,
                Reply::isDone,
                () ->
                    moved.ask(
                        Ask.of("PUT", "/v1/session/workspace")
                            .json(Map.of("tenant_id", tenant.toString())))),
            new End(
                "signed out everywhere",
                copy(web, everywhere),
                me,
                Reply::isDone,
                () -> everywhere.ask(Ask.of("DELETE", "/v1/sessions")))));
  }

  private static Verdict tokens(Scene scene) throws InterruptedException {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    Browser owner = web.freshly(web.resident(tenant, Part.OWNER), tenant);
    Resident member = web.resident(tenant, Part.MEMBER);
    Reply own = Tokens.made(owner, "/v1/tokens", Map.of());
    Reply service = Tokens.made(owner, "/v1/service-tokens", Map.of("role", "member"));
    Browser fresh = web.freshly(member, tenant);
    Reply taken = Tokens.made(fresh, "/v1/tokens", Map.of());
    Reply theirs = Tokens.made(fresh, "/v1/tokens", Map.of());
    KeyedClient client = KeyedClient.of(owner, "member", "tenant:read");
    Ask reading = Tokens.bearing(Ask.get("/v1/tenant"), client.token(web.nobody()));
    Ask ending = Ask.of("DELETE", "/v1/service-clients/" + client.id());
    return judged(
        List.of(
            new End(
                "a client ended", web.nobody(), reading, Reply::isDone, () -> owner.ask(ending)),
            ended(web, "a token revoked", own, () -> owner.ask(gone("/v1/tokens/", own))),
            ended(
                web,
                "a service's token revoked",
                service,
                () -> owner.ask(gone("/v1/service-tokens/", service))),
            ended(
                web,
                "a member's token revoked by an owner",
                taken,
                () -> owner.ask(gone("/v1/members/" + member.person() + "/tokens/", taken))),
            ended(web, "its person removed", theirs, () -> owner.ask(at(member, "DELETE")))));
  }

  private static End ended(Web web, String called, Reply made, Ending by) {
    Ask ask = Tokens.bearing(Ask.get("/v1/tenant"), made.member("token"));
    return new End(called, web.nobody(), ask, Reply::isDone, by);
  }

  private static Ask gone(String path, Reply made) {
    return Ask.of("DELETE", path + made.member("id"));
  }

  /** Whoever has a copy of the cookie: what the answers set is not for them. */
  private static Browser copy(Web web, Browser of) {
    return web.browser(Map.of(COOKIE, String.valueOf(of.cookies().get(COOKIE))), "");
  }

  private static Verdict member(Scene scene) throws InterruptedException {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    Browser owner = web.as(tenant, Part.OWNER);
    Resident member = web.resident(tenant, Part.MEMBER);
    Resident admin = web.resident(tenant, Part.ADMIN);
    Ask inviting =
        Ask.of("POST", "/v1/groups").json(Map.of("name", "Of an admin " + UUID.randomUUID()));
    return judged(
        List.of(
            new End(
                "a member removed",
                web.as(member),
                Ask.get("/v1/groups"),
                reply -> reply.text().contains(scene.victim().canary()),
                () -> owner.ask(at(member, "DELETE"))),
            new End(
                "an admin made a member",
                web.as(admin),
                inviting,
                reply -> reply.isDone() || reply.code().equals("name_taken"),
                () -> owner.ask(at(admin, "PATCH").json(Map.of("role", "member"))))));
  }

  private static Ask at(Resident who, String method) {
    return Ask.of(method, "/v1/members/" + who.person()).with("If-Match", "\"1\"");
  }

  private static Verdict suspended(Target target) throws InterruptedException {
    Browser member = target.web().as(target.attacker().id(), Part.MEMBER);
    Ask ask = Ask.get("/v1/groups");
    Predicate<Reply> goesOn = reply -> reply.text().contains(target.attacker().canary());
    if (!goesOn.test(member.ask(ask))) {
      return new Verdict.Inconclusive("a member cannot read");
    }
    target.server().changeTenant(target.attacker().id(), "suspend");
    Duration went = until(member, ask, goesOn);
    return went == null
        ? new Verdict.Succeeded("a second after it was suspended, its member still reads it")
        : new Verdict.Refused("over after " + went.toMillis() + " ms");
  }

  /**
   * Reads a little of the log, is removed, waits for a second, and reads the rest: what lies
   * between server and client may still come, and then it must end before its end.
   */
  private static Verdict stream(Target target) throws IOException, InterruptedException {
    Web web = target.web();
    UUID tenant = target.victim().id();
    Resident auditor = web.resident(tenant, Part.AUDITOR);
    target.server().auditAppend("tenant/" + tenant, RECORDS, DETAILS);
    Site site = web.site();
    Ask ask = web.as(auditor).dressed(Ask.get("/v1/audit/records.jsonl"));
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(WINDOW);
      socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      socket.connect(new InetSocketAddress(site.host(), site.port()));
      socket.getOutputStream().write(head(ask));
      InputStream in = socket.getInputStream();
      String first = new String(in.readNBytes(FIRST), StandardCharsets.UTF_8);
      if (!first.startsWith("HTTP/1.1 200")) {
        return new Verdict.Inconclusive("no stream began: " + first);
      }
      Reply removed = web.as(tenant, Part.OWNER).ask(at(auditor, "DELETE"));
      if (!removed.isDone()) {
        return new Verdict.Inconclusive("an auditor cannot be removed: " + removed.brief());
      }
      Thread.sleep(SECOND);
      Read rest = Read.of(in);
      String found = "%d KiB came after it".formatted(rest.bytes() >> 10);
      return rest.whole()
          ? new Verdict.Succeeded("the whole log was read by somebody removed: " + found)
          : new Verdict.Refused("the stream was cut: " + found);
    }
  }

  private static byte[] head(Ask ask) {
    StringBuilder head = new StringBuilder(ask.method() + " " + ask.target() + " HTTP/1.1\r\n");
    ask.fields().forEach(f -> head.append(f.name()).append(": ").append(f.value()).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The rest of a chunked answer.
   *
   * @param whole whether its last chunk came, by which it says that it is complete
   */
  private record Read(long bytes, boolean whole) {
    private static final String END = "\r\n0\r\n\r\n";

    static Read of(InputStream in) throws IOException {
      byte[] buffer = new byte[64 << 10];
      long bytes = 0;
      String tail = "";
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
        String all = tail + new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
        tail = all.substring(Math.max(0, all.length() - END.length()));
        if (tail.equals(END)) {
          return new Read(bytes, true);
        }
      }
      return new Read(bytes, false);
    }
  }

  private static String ownerWorks(Target target) {
    return ownerWorks(target.web(), target.placed());
  }

  private static String ownerWorks(Web web, Occupant other) {
    Reply reply = web.as(other.id(), Part.OWNER).get("/v1/tenant");
    if (!reply.isDone()) {
      throw new IllegalStateException("an owner cannot work: " + reply.readable());
    }
    return "another tenant's owner works";
  }
}
