package dev.cofferdam.review.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Held;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Cell;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * KEY-03: whoever gets a backup of the database, or a copy of what else lies on the machine, after
 * people, programs and nodes have used the server.
 */
public final class Copies {
  /** Which stands in the letter to the one who is invited. */
  private static final String INVITE = "the code of an invite";

  private static final String MARK = "what lies there in clear";
  private static final String ROOT_KEY_HEADER = "cofferdam-root-key-1 ";

  /** Random bytes and their MAC, at the end of whatever is shown in hex. */
  private static final int SHOWN = 48;

  private static final int RANDOM = 16;
  private static final int SESSION_RANDOM = 32;
  private static final int KEY = 32;

  private Copies() {}

  /** Makes what is to be looked for, as its rightful people. */
  @FunctionalInterface
  private interface Use {
    void by(Target target, Browser owner, Wanted wanted) throws IOException, SQLException;
  }

  public static List<Attack> all() {
    return List.of(
        attack(
            "KEY-03.copied-values",
            "searches backups, logs, mirror, exports and files of a moment for a secret's value and a column's",
            Copies::values),
        attack(
            "KEY-03.copied-handles",
            "searches backups, logs, mirror, exports and files of a moment for what people and programs show",
            Copies::handles),
        attack(
            "KEY-03.copied-keys",
            "searches backups, logs, mirror, exports and files of a moment for keys and passwords",
            Copies::keys));
  }

  private static Attack attack(String id, String does, Use use) {
    return new Attack(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.DATA_FILES, Identity.HOST),
        target -> copied(target, use),
        Copies::works);
  }

  private static Verdict copied(Target target, Use use) throws IOException, SQLException {
    Web web = target.web();
    UUID tenant = target.victim().id();
    Browser owner = web.freshly(web.resident(tenant, Part.OWNER), tenant);
    Wanted wanted = new Wanted();
    String mark = "mark-" + UUID.randomUUID();
    wanted.and(MARK, mark).and(MARK, made(owner, "/v1/groups", Map.of("name", mark)).member("id"));
    use.by(target, owner, wanted);

    Map<String, Set<String>> found = new TreeMap<>(Copy.search(target, wanted));
    for (String part :
        List.of("the files of the database", "the text of the database", "an export of the log")) {
      if (!found.getOrDefault(part, Set.of()).contains(MARK)) {
        return new Verdict.Inconclusive("not even " + MARK + " is in " + part);
      }
    }
    found.values().forEach(names -> names.remove(MARK));
    found.getOrDefault(Copy.LETTERS, new TreeSet<>()).remove(INVITE);
    found.values().removeIf(Set::isEmpty);
    Set<String> looked = new TreeSet<>(wanted.names());
    looked.remove(MARK);
    return found.isEmpty()
        ? new Verdict.Refused("none of " + looked + " is in any copy")
        : new Verdict.Succeeded("in clear: " + found);
  }

  private static Reply made(Browser by, String path, Map<String, ?> body) {
    return done(by, Ask.of("POST", path).json(body));
  }

  private static Reply done(Browser by, Ask ask) {
    Reply reply = by.ask(ask);
    if (!reply.isDone()) {
      throw new IllegalStateException(ask + " met " + reply.readable());
    }
    return reply;
  }

  /** With a sign that JSON writes otherwise. */
  private static String canary() {
    return "\"" + UUID.randomUUID();
  }

  private static void values(Target target, Browser owner, Wanted wanted) throws IOException {
    Web web = target.web();
    UUID tenant = target.victim().id();
    String value = canary() + "é\n";
    Secret secret = Secret.made(web, Secret.lastOf(web, tenant), "copied-" + UUID.randomUUID());
    secret.put(web, value);
    Workload node = Workload.of(web, tenant, "reader " + UUID.randomUUID());
    secret.grantTo(web, node);
    Reply read = node.ask(secret.read());
    if (!node.opens(node.address(secret, 2), read.body(), value)) {
      throw new IllegalStateException("no node reads the value: " + read.readable());
    }
    String agreed = canary();
    made(
        owner,
        "/v1/identity-providers",
        Map.of(
            "alias",
            "own-" + UUID.randomUUID(),
            "issuer",
            "https://idp.residents.example",
            "client_id",
            "us",
            "client_secret",
            agreed,
            "multi_factor",
            List.of("mfa")));
    wanted.and("the value of a secret", value).and("the secret of a provider", agreed);
  }

  private static void handles(Target target, Browser owner, Wanted wanted) {
    String address = "copied-" + UUID.randomUUID() + "@residents.example";
    made(owner, "/v1/invites", Map.of("email", address, "role", "member"));
    Web web = target.web();
    Held.bySomebody(web, target.victim().id())
        .forEach(
            (name, held) -> {
              wanted.and(name, new String(held, UTF_8));
              if (name.endsWith(Web.SESSION_COOKIE)) {
                wanted.and(
                    name, Arrays.copyOf(Base64.getUrlDecoder().decode(held), SESSION_RANDOM));
              }
            });
    Map<String, Object> wish =
        Map.of("label", "copied", "scopes", List.of("tenant:read"), "expires_in_days", 30);
    shown(wanted, "a personal token", made(owner, "/v1/tokens", wish).member("token"));
    Map<String, Object> service = new TreeMap<>(wish);
    service.put("role", "auditor");
    shown(wanted, "a service's token", made(owner, "/v1/service-tokens", service).member("token"));
    shown(wanted, "a bootstrap token", Machine.bootstrap(owner, "copied").member("token"));
    AskingClient client = AskingClient.registered(owner, "copied " + UUID.randomUUID());
    String code = client.code(owner);
    Reply given = done(web.nobody(), client.redeeming(code));
    String invite = target.around().codes().apply(address);
    byte[] digits = new BigInteger(invite, Character.MAX_RADIX).toByteArray();
    byte[] whole = new byte[SHOWN];
    int length = Math.min(digits.length, SHOWN);
    System.arraycopy(digits, digits.length - length, whole, SHOWN - length, length);
    wanted.and(INVITE, invite).and(INVITE, Arrays.copyOf(whole, RANDOM));
    shown(wanted, "an authorization code", code);
    shown(wanted, "a refresh token", given.member("refresh_token"));
    String token = given.member("access_token");
    wanted.and(
        "an access token",
        Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)));
  }

  /** What ends in hex: the random bytes alone would do, to whoever could make the MAC. */
  private static void shown(Wanted wanted, String name, String shown) {
    byte[] end = HexFormat.of().parseHex(shown.substring(shown.length() - 2 * SHOWN));
    wanted.and(name, Arrays.copyOf(end, RANDOM));
  }

  private static void keys(Target target, Browser owner, Wanted wanted)
      throws IOException, SQLException {
    String scope = target.victim().scope();
    // So that one is made of this state of the server: those of the template are older.
    try (Session session = target.asSuperuser()) {
      session.must(
          "delete from keyring.tenant_key where purpose = 'column' and tenant_id = '%s'"
              .formatted(target.victim().id()));
    }
    target
        .server()
        .seal(scope, new Cell("notes.vault.value_sealed", UUID.randomUUID(), 1), "a secret");
    for (String purpose : List.of("COLUMN", "DATA", "CHECKPOINT")) {
      byte[] key = target.server().key(scope, purpose);
      // What is before it is the same in every key of its kind.
      wanted.and("the key " + purpose, Arrays.copyOfRange(key, key.length - KEY, key.length));
    }
    wanted.and(
        "the root key",
        Base64.getUrlDecoder()
            .decode(
                Files.readString(target.around().data().resolve("root.key"))
                    .strip()
                    .substring(ROOT_KEY_HEADER.length())));
    target.passwords().forEach((role, password) -> wanted.and("the password of " + role, password));
  }

  private static String works(Target target) {
    Reply reply = target.web().as(target.victim().id(), Part.OWNER).get("/v1/tenant");
    if (!reply.isDone()) {
      throw new IllegalStateException("people are not answered any more: " + reply);
    }
    return "people are answered";
  }
}
