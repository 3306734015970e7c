package dev.cofferdam.review.agent;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Another identity provider, or another store of secrets, for the running server: what its own code
 * makes of settings, with an outbound client that its own code makes of settings too. Both take the
 * place of those that it started with, until the next staging.
 */
final class IssuerCommands {
  private static final String OIDC = "dev.cofferdam.server.identity.oidc.";
  private static final String IDP = "dev.cofferdam.server.identity.idp.";
  private static final String EGRESS = "dev.cofferdam.server.egress.";
  private static final String SECRETS = "dev.cofferdam.server.secrets.";
  private static final List<String> CONTROLLERS = List.of(Seams.SIGN_IN, Seams.STEP_UP);
  private static final String PARTY = "party";
  private static final String PARTIES = "parties";
  private static final String WAY = "egress";
  private static final String STORE = "elsewhere";
  private static final String HAS_STORE = "hasStore";

  private static final int PUBLIC = 8080;

  private final List<Object> opened = new ArrayList<>();
  private @Nullable Object trust;
  private @Nullable Object ownParty;
  private @Nullable Object ownParties;
  private @Nullable Object ownWay;
  private @Nullable Object ownStore;
  private final List<Object> ways = new ArrayList<>();

  /** Settings, name and value by turns. */
  synchronized List<@Nullable String> believe(List<String> words) {
    forget();
    Object own = Reflected.field(Captured.newest(Seams.SIGN_IN), PARTY);
    ownParty = own;
    Object way = egress(words);
    Object idp = SettingCommands.bound(words, "cofferdam.idp", OIDC + "IdpSettings");
    Object client = ((Optional<?>) Reflected.call(idp, "client")).orElseThrow();
    Object party =
        Reflected.make(
            Reflected.type(OIDC + "RelyingParty"),
            client,
            Reflected.call(idp, "acrValues"),
            Reflected.field(own, "pending"),
            way,
            Reflected.field(own, "random"),
            Reflected.field(own, "clock"));
    CONTROLLERS.forEach(kept -> Reflected.setField(Captured.newest(kept), PARTY, party));
    return new ArrayList<>();
  }

  /** Settings, name and value by turns: the way out to the issuers that tenants bring. */
  synchronized List<@Nullable String> reach(List<String> words) {
    forget();
    Object signIns = Captured.newest(Seams.TENANT_SIGN_INS);
    Object own = Reflected.field(signIns, PARTIES);
    ownParties = own;
    Object way = Reflected.call(egress(words), "ofTenants");
    Object parties =
        Reflected.make(
            Reflected.type(OIDC + "RelyingParties"),
            Reflected.field(own, "pending"),
            way,
            Reflected.field(own, "clock"));
    Reflected.setField(signIns, PARTIES, parties);
    Object issuers = Captured.newest(Seams.TOKEN_ISSUERS);
    ownWay = Reflected.field(issuers, WAY);
    Reflected.setField(issuers, WAY, way);
    return new ArrayList<>();
  }

  /** Settings, name and value by turns: the second store of secrets, and the way out to it. */
  synchronized List<@Nullable String> store(List<String> words) {
    forget();
    Object reads = Captured.newest(Seams.NODE_READS);
    ownStore = Reflected.field(reads, STORE);
    Object settings =
        SettingCommands.bound(words, "cofferdam.secret-store", SECRETS + "SecretStoreSettings");
    Object store =
        Reflected.make(
            Reflected.type(SECRETS + "StoredElsewhere"),
            egress(words),
            settings,
            Clock.systemUTC());
    Reflected.setField(reads, STORE, store);
    Reflected.setField(Captured.newest(Seams.SECRETS_PUT), HAS_STORE, true);
    return new ArrayList<>();
  }

  /**
   * The development IdP, once more, by the server's own code: the address to listen on, and the one
   * of the public port beside it; answers with its port.
   */
  synchronized List<@Nullable String> openIdp(List<String> words) throws UnknownHostException {
    Object settings =
        SettingCommands.bound(
            List.of(
                "cofferdam.development-idp.address",
                words.get(0),
                "cofferdam.development-idp.port",
                "0"),
            "cofferdam.development-idp",
            IDP + "DevelopmentIdpSettings");
    IntSupplier port = () -> PUBLIC;
    Object callback = Reflected.make(Reflected.type(IDP + "Callback"), port, "/sign-in/callback");
    Object idp =
        Reflected.callStatic(
            Reflected.type(IDP + "DevelopmentIdp"),
            "open",
            settings,
            new InetSocketAddress(InetAddress.getByName(words.get(1)), PUBLIC),
            callback,
            Clock.systemUTC());
    opened.add(idp);
    List<@Nullable String> answer = new ArrayList<>();
    answer.add(Reflected.call(idp, "port").toString());
    return answer;
  }

  /** Puts back what the server started with. */
  synchronized void forget() {
    opened.forEach(idp -> Reflected.call(idp, "close"));
    opened.clear();
    Object own = ownParty;
    if (own != null) {
      CONTROLLERS.forEach(kept -> Reflected.setField(Captured.newest(kept), PARTY, own));
      ownParty = null;
    }
    Object parties = ownParties;
    if (parties != null) {
      Reflected.setField(Captured.newest(Seams.TENANT_SIGN_INS), PARTIES, parties);
      ownParties = null;
    }
    Object out = ownWay;
    if (out != null) {
      Reflected.setField(Captured.newest(Seams.TOKEN_ISSUERS), WAY, out);
      ownWay = null;
    }
    Object store = ownStore;
    if (store != null) {
      Reflected.setField(Captured.newest(Seams.NODE_READS), STORE, store);
      Reflected.setField(Captured.newest(Seams.SECRETS_PUT), HAS_STORE, false);
      ownStore = null;
    }
    ways.forEach(way -> Reflected.call(way, "close"));
    ways.clear();
  }

  private Object egress(List<String> words) {
    Object settings = SettingCommands.bound(words, "cofferdam.egress", EGRESS + "EgressSettings");
    Object authorities = trust;
    if (authorities == null) {
      authorities =
          Reflected.callStatic(Reflected.type(EGRESS + "Trust"), "context", "review", null);
      trust = authorities;
    }
    Set<?> named = (Set<?>) Reflected.call(settings, "named");
    Set<Object> all = new HashSet<>(named);
    all.addAll((Set<?>) Reflected.call(settings, "namedToTenants"));
    Object made =
        Reflected.callStatic(
            Reflected.type(EGRESS + "EgressConfiguration"),
            "egress",
            settings,
            authorities,
            named,
            resolver());
    Set<String> direct = new HashSet<>();
    for (Object one : all) {
      direct.add(Reflected.call(one, "host") + ":" + Reflected.call(one, "port"));
    }
    Network.lead(direct);
    divert(made);
    ways.add(made);
    return made;
  }

  /** What finds addresses, for which the server has an interface of its own. */
  private static Object resolver() {
    Class<?> type = Reflected.type(EGRESS + "Resolver");
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (_, _, given) -> Network.lookUp(String.valueOf(given[0])));
  }

  /** Behind everything that the server decides: what the operating system would do. */
  private static void divert(Object egress) {
    Object client = Reflected.field(Reflected.field(egress, "wire"), "client");
    Object manager = Reflected.field(client, "connManager");
    Object operator = Reflected.field(manager, "connectionOperator");
    Class<?> type = Reflected.type("org.apache.hc.client5.http.io.DetachedSocketFactory");
    Object sockets =
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> Network.socket());
    Reflected.setField(operator, "detachedSocketFactory", sockets);
  }
}
