package dev.cofferdam.review.agent;

import java.util.List;

/**
 * Every place of the server that the agent weaves, by name. A test looks each one up in the
 * server's archive, so that a rename there cannot silently leave a layer in.
 */
public final class Seams {
  /** What weaving does at a place. */
  public enum Kind {
    /** While the layer is out, the method returns at once, with null, zero or false. */
    SKIP,
    /** While the layer is out, the method answers true. */
    SAY_YES,
    /** While the layer is out, the method answers the first of the constants that it may. */
    SAY_FIRST,
    /** While the layer is out, the method returns its first argument. */
    GIVE_BACK,
    /** While the layer is out, the method returns its last argument. */
    GIVE_BACK_LAST,
    /** While the layer is out, the method does nothing but return its last argument. */
    PASS_LAST,
    /**
     * While the layer is out, the method returns null, zero or false where it would have thrown.
     */
    FORGIVE,
    /** While the layer is out, the method finds nothing. */
    FIND_NOTHING,
    /** While the layer is out, the method returns the same bytes whatever it is given. */
    SAME_BYTES,
    /** While the layer is out, whoever asks is let into the shared tables. */
    LET_IN,
    /** While the layer is out, whoever has a schema of its own is let into it. */
    LET_INTO_SCHEMA,
    /** Keeps what the constructor made. */
    KEEP,
    /** Keeps what the method returned. */
    KEEP_RESULT,
    /** Adds the laboratory's own module of tables, as a SaaS would add its own. */
    ADD_TABLES,
    /** Notes the scope that is entered. */
    ENTER,
    /** Adds the laboratory's own people to those that the development IdP signs in. */
    ADD_PEOPLE,
    /**
     * While the layer is out, the SQL that the method is given has lost its conditions on the
     * tenant.
     */
    LOOSEN,
    /** While the layer is out, the SQL that the method is given locks no membership. */
    UNLOCK,
    /** While the layer is out, SQL for a node gives a ciphertext whatever the node holds. */
    GIVE_UNGRANTED,
    /** While the layer is out, SQL on rotations takes none that a server left that died. */
    LEAVE_LEFT,
    /** While the layer is out, the method answers as it once did to the same words. */
    REMEMBER,
    /** Lets the laboratory say what stands in a token of the development IdP's. */
    DICTATE,
    /** While the layer is out, a text that the statement is given becomes part of its SQL. */
    PASTE,
    /** While the layer is out, all threads share the tenant's scope that was entered last. */
    SHARE,
    /** While the layer is out, the tenant is the one that the request names, where it names one. */
    BELIEVE,
    /** While the layer is out, an operator who reads in a tenant acts as an owner of it. */
    IMPERSONATE,
    /** While the layer is out, what is not found is taken for a thing of whoever asks. */
    CLAIM,
    /** While the layer is out, the list that the method gives has weak things in it too. */
    WEAKEN,
    /** While the layer is out, the body of the request is inflated as it is read. */
    INFLATE,
    /** While the layer is out, an answer says what failed. */
    TELL,
    /** While the layer is out, one more is let in however many there were. */
    LET_DRAW,
    /** While the layer is out, the comparison ends at the first byte that differs. */
    COMPARE_BYTE_BY_BYTE,
    /** While the layer is out, a size or a number has no bound that matters. */
    WIDEN,
    /** While the layer is out, the method returns a number of bytes that nobody reaches. */
    UNBOUND,
    /** While the layer is out, the method is given a context that believes every certificate. */
    TRUST_ANYBODY,
    /** While the layer is out, a cookie is made under a name without its prefix. */
    UNPREFIX,
    /** While the layer is out, a cookie without the prefix is taken for the one with it. */
    REPREFIX,
    /** While the layer is out, a cookie is for every host of the domain. */
    SHARE_COOKIE,
    /** Notes the token that is verified. */
    NOTE_TOKEN,
    /** While the layer is out, the cookie of a session is the token that it began with. */
    TOKEN_COOKIE,
    /** While the layer is out, a token is believed without a signature. */
    BELIEVE_UNSIGNED,
    /** While the layer is out, a token is verified by the key that it brings along. */
    TAKE_KEY,
    /** While the layer is out, the method does nothing but return what it was called on. */
    PASS_SELF,
    /** While the layer is out, the address of a name is lost on its way. */
    LOSE_ADDRESS,
    /** While the layer is out, a name is looked up where it would not have been. */
    LOOK_UP,
    /** While the layer is out, whoever says who they are is believed. */
    BELIEVE_CLAIM,
    /** While the layer is out, who comes with an address is whoever came with it first. */
    LINK,
    /** While the layer is out, every provider may name operators. */
    NAME_OPERATORS,
    /** While the layer is out, who is named an operator acts as one, whoever has named them. */
    OPEN_OPERATOR,
    /** While the layer is out, a token is as good as its person. */
    ACT_AS_PERSON,
    /** While the layer is out, whoever is known is counted as if they were not. */
    COUNT_ALL,
    /** Notes the credentials, and lets a clone stand in for the database. */
    CONNECT,
    /** Gives out no connection that was made before a clone stood in. */
    LEND,
    /** Moves the clock that the method returns. */
    CLOCK,
    /** While the layer is out, the method returns an empty list. */
    NO_LIST,
    /** While the layer is out, a window of refusals is closed after each one. */
    RECORD_EACH,
    /** While the layer is out, what the method is given is kept for good. */
    HOARD,
    /** While the layer is out, what the method is given stands in the server's log. */
    BLURT,
    /** While the layer is out, what the method is given is left in a file of a moment. */
    SPOOL,
    /** While the layer is out, the method returns what it was to encrypt. */
    STORE_BARE,
    /** While the layer is out, what the method cannot decrypt is taken for what it is. */
    READ_BARE,
    /** While the layer is out, the method returns what it was to hash, where that is short. */
    HASH_BARE,
    /** Lets the mirror of the database that stands in stand in for the server's own. */
    OTHER_MIRROR,
    /** What is believed of logs is forgotten when another database stands in. */
    FORGET_HEADS
  }

  /**
   * One place.
   *
   * @param name the layer, for the kinds that take one out, or what is kept
   * @param type the class, in the form of {@link Class#getName()}
   * @param method the method, or {@code <init>}
   */
  public record Seam(Kind kind, String name, String type, String method) {}

  private static final String TENANCY = "dev.cofferdam.server.tenancy.";
  private static final String OPERATIONS = "dev.cofferdam.server.operations.";
  private static final String AUTHZ = "dev.cofferdam.server.authz.";
  private static final String EDGE = "dev.cofferdam.server.edge.";
  private static final String IDENTITY = "dev.cofferdam.server.identity.";
  private static final String OIDC = IDENTITY + "oidc.";
  private static final String OAUTH = "dev.cofferdam.server.oauth.";
  private static final String EGRESS = "dev.cofferdam.server.egress.";
  private static final String SECRETS = "dev.cofferdam.server.secrets.";
  private static final String SEALED = "dev.cofferdam.protocol.secret.";
  private static final String KEYRING = "dev.cofferdam.server.keyring.";
  private static final String ROTATION = "dev.cofferdam.server.rotation.";
  private static final String AUDIT = "dev.cofferdam.server.audit.";
  private static final String WIRE = "dev.cofferdam.server.edge.wire.";
  private static final String TLS = "dev.cofferdam.server.edge.tls.";
  private static final String LAUNCH = "dev.cofferdam.server.launch.";
  private static final String NODES = "dev.cofferdam.server.nodes.";
  private static final String PROTOCOL = "org.apache.coyote.AbstractProtocol";
  private static final String HTTP = "org.apache.coyote.http11.AbstractHttp11Protocol";

  // Kept by name, for the commands.
  static final String POOLS = "pools";
  static final String CAPABILITIES = "capabilities";
  static final String DATABASE = "database";
  static final String TENANTS = "tenants";
  static final String GATE = "gate";
  static final String CIPHER = "cipher";
  static final String CACHES = "caches";
  static final String KEYS = "keys";
  static final String LOGS = "logs";
  static final String PUBLISHED = "published";
  static final String FOLLOWERS = "followers";
  static final String MIRRORING = "mirroring";
  static final String MIRROR_WATCH = "mirror-watch";
  static final String SELF_CHECK = "self-check";
  static final String APPENDING = "appending";
  static final String REFUSALS = "refusals";
  static final String PERSONAL = "personal";
  static final String WALLS = "walls";
  static final String SIGN_OFF = "sign-off";

  // What puts secrets with references, and what gives them to nodes.
  static final String SECRETS_PUT = "secrets-put";
  static final String NODE_READS = "node-reads";

  static final String SIGN_IN = "sign-in";
  static final String STEP_UP = "step-up";
  static final String TENANT_SIGN_INS = "tenant-sign-ins";
  static final String TOKEN_ISSUERS = "token-issuers";

  // Layers that one place has two of.
  static final String SIGNED_TOKENS = "signed-tokens";
  static final String CLASS_QUOTAS = "class-quotas";
  static final String BUDGET = "budget";

  private static final List<Seam> ALL =
      List.of(
          new Seam(Kind.KEEP, POOLS, "com.zaxxer.hikari.HikariDataSource", "<init>"),
          new Seam(Kind.KEEP, CAPABILITIES, TENANCY + "Capabilities", "<init>"),
          new Seam(Kind.KEEP, DATABASE, TENANCY + "database.PreparedDatabase", "<init>"),
          new Seam(Kind.KEEP, TENANTS, TENANCY + "Tenants", "<init>"),
          new Seam(Kind.KEEP, GATE, TENANCY + "TenantGate", "<init>"),
          new Seam(Kind.KEEP, CIPHER, KEYRING + "ColumnCipher", "<init>"),
          new Seam(
              Kind.KEEP_RESULT, CACHES, "com.github.benmanes.caffeine.cache.Caffeine", "build"),
          new Seam(Kind.KEEP, KEYS, KEYRING + "Keyring", "<init>"),
          new Seam(Kind.KEEP, LOGS, AUDIT + "store.AllLogs", "<init>"),
          new Seam(Kind.KEEP, PUBLISHED, AUDIT + "store.PublishedKeys", "<init>"),
          new Seam(Kind.KEEP, FOLLOWERS, AUDIT + "store.HeadFollower", "<init>"),
          new Seam(Kind.KEEP, MIRRORING, AUDIT + "mirror.Mirroring", "<init>"),
          new Seam(Kind.KEEP, MIRROR_WATCH, AUDIT + "mirror.MirrorWatch", "<init>"),
          new Seam(Kind.KEEP, SELF_CHECK, AUDIT + "check.SelfCheck", "<init>"),
          new Seam(Kind.KEEP, APPENDING, AUDIT + "AuditLog", "<init>"),
          new Seam(Kind.KEEP, REFUSALS, AUDIT + "Refusals", "<init>"),
          new Seam(Kind.KEEP, PERSONAL, AUDIT + "PersonalRecords", "<init>"),
          new Seam(Kind.OTHER_MIRROR, "mirrors", AUDIT + "mirror.MirrorDirectory", "at"),
          new Seam(Kind.FORGET_HEADS, "heads", AUDIT + "Heads", "load"),
          new Seam(Kind.CONNECT, "connections", "org.postgresql.jdbc.PgConnection", "<init>"),
          new Seam(Kind.LEND, "loans", "com.zaxxer.hikari.HikariDataSource", "getConnection"),
          new Seam(Kind.ADD_TABLES, "tables", TENANCY + "database.TableList", "ofCofferdam"),
          new Seam(Kind.ADD_PEOPLE, "people", IDENTITY + "idp.DemoPerson", "of"),
          new Seam(
              Kind.LOOSEN,
              "tenant-condition",
              "org.springframework.jdbc.core.simple.DefaultJdbcClient",
              "sql"),
          new Seam(
              Kind.UNLOCK,
              "owners-lock",
              "org.springframework.jdbc.core.simple.DefaultJdbcClient",
              "sql"),
          new Seam(
              Kind.GIVE_UNGRANTED,
              "relation-condition",
              "org.springframework.jdbc.core.simple.DefaultJdbcClient",
              "sql"),
          new Seam(
              Kind.LEAVE_LEFT,
              "rotation-taken-over",
              "org.springframework.jdbc.core.simple.DefaultJdbcClient",
              "sql"),
          new Seam(Kind.FIND_NOTHING, "secret-decision", SECRETS + "NodeReads", "refusal"),
          new Seam(Kind.SKIP, "read-record", EDGE + "door.Durability", "disclosed"),
          new Seam(Kind.SAME_BYTES, "value-aad", SECRETS + "ValueCipher$Place", "aad"),
          new Seam(Kind.SAME_BYTES, "sealed-for-whom", SEALED + "SecretAddress", "info"),
          new Seam(Kind.SAME_BYTES, "sealed-as-what", SEALED + "SecretAddress", "aad"),
          new Seam(Kind.DICTATE, "tokens", IDENTITY + "idp.SignedTokens", "claims"),
          new Seam(
              Kind.FIND_NOTHING,
              "invite-looked-at",
              IDENTITY + "invite.Invitations",
              "whatStandsAgainst"),
          new Seam(Kind.SAY_YES, "invite-address", IDENTITY + "invite.Invitations", "isFor"),
          new Seam(Kind.SKIP, "last-owner", IDENTITY + "Memberships", "isLastOwner"),
          new Seam(Kind.FORGIVE, "founded-whole", IDENTITY + "SignUp", "makeOwner"),
          new Seam(Kind.SAY_YES, "throw-away-domains", IDENTITY + "SignUpGuards", "admits"),
          new Seam(Kind.WIDEN, "tenants-per-person", IDENTITY + "SignUpGuards", "tenantsPerPerson"),
          new Seam(Kind.FIND_NOTHING, "streams-ask-again", EDGE + "door.Door", "meanwhile"),
          new Seam(Kind.SAY_YES, "same-tenant", AUTHZ + "Standing", "sameTenant"),
          new Seam(
              Kind.PASTE,
              "bound-parameters",
              "org.springframework.jdbc.core.simple.DefaultJdbcClient$DefaultStatementSpec",
              "param"),
          new Seam(Kind.SHARE, "scope-of-thread", TENANCY + "Scopes", "currentOrNull"),
          new Seam(Kind.ENTER, "scopes", TENANCY + "Scopes", "call"),
          new Seam(
              Kind.BELIEVE, "tenant-of-credential", IDENTITY + "SessionAuthenticator", "known"),
          new Seam(Kind.IMPERSONATE, "visitor-kind", IDENTITY + "LiveSession", "caller"),
          new Seam(
              Kind.SAY_YES,
              "pkce-method",
              OAUTH + "authorization.AuthorizationRequests",
              "isProvable"),
          new Seam(Kind.SAY_YES, "plain-redirect", OAUTH + "client.RedirectUri", "isLoopback"),
          new Seam(Kind.SAY_YES, "client-scopes", OAUTH + "client.Application", "isFor"),
          new Seam(Kind.SAY_YES, "scopes-let", OAUTH + "authorization.Redemptions", "isWithin"),
          new Seam(Kind.GIVE_BACK, "scopes-signed", OAUTH + "authorization.GrantAnswers", "given"),
          new Seam(Kind.GIVE_BACK, "scopes-held", OAUTH + "Holders", "held"),
          new Seam(Kind.SAY_YES, "scopes-of-rule", OAUTH + "exchange.ExchangeGrant", "isWithin"),
          new Seam(Kind.FIND_NOTHING, "service-role", OAUTH + "service.ServiceClients", "denied"),
          new Seam(Kind.FIND_NOTHING, "service-role", IDENTITY + "token.TokenRights", "denied"),
          new Seam(Kind.SAY_YES, "redirect-registered", OAUTH + "client.Application", "answersAt"),
          new Seam(Kind.SAY_YES, "device-proven", OAUTH + "device.DeviceRequests", "isProven"),
          new Seam(
              Kind.SAY_YES, "device-sign-in", OAUTH + "device.DeviceRequests$Waiting", "isMetBy"),
          new Seam(
              Kind.SAY_YES,
              "introspection-tenant",
              OAUTH + "issuing.Introspection",
              "isOfTheSameTenant"),
          new Seam(Kind.SAY_YES, "introspection-client", OAUTH + "issuing.Introspection", "isFor"),
          new Seam(Kind.FIND_NOTHING, "typed-by-address", OAUTH + "device.TypedCodes", "tooMany"),
          new Seam(Kind.SAY_YES, "session-term", IDENTITY + "LiveSession", "isInTime"),
          new Seam(Kind.SAY_YES, "emergency-term", IDENTITY + "LiveSession$Emergency", "isOpen"),
          new Seam(Kind.SAY_YES, "stated-reason", TENANCY + "StatedReason", "isReason"),
          new Seam(Kind.SAY_YES, "assurance", AUTHZ + "Standing", "suffices"),
          new Seam(Kind.FIND_NOTHING, "entrance", EDGE + "door.Entrances", "refusal"),
          new Seam(Kind.SKIP, "visit-record", EDGE + "door.Durability", "isVisit"),
          new Seam(Kind.SAME_BYTES, "cursor-owner", IDENTITY + "SealedCursors", "aad"),
          new Seam(Kind.CLAIM, "thing-lookup", AUTHZ + "ProjectRows", "findLocked"),
          new Seam(Kind.SKIP, "security-headers", EDGE + "wire.SecurityHeaders", "set"),
          new Seam(Kind.SAY_YES, "declared-parameters", EDGE + "door.Parameters", "cover"),
          new Seam(
              Kind.SKIP,
              "declared-members",
              "tools.jackson.databind.DeserializationContext",
              "handleUnknownProperty"),
          new Seam(Kind.PASS_LAST, "denial-record", EDGE + "door.Denials", "recorded"),
          new Seam(Kind.PASS_LAST, "stray-denials", EDGE + "door.Door", "astray"),
          new Seam(Kind.SKIP, "eviction", TENANCY + "driver.BoundConnection", "spoiledBy"),
          new Seam(Kind.SKIP, "statement-vetting", TENANCY + "driver.BindingExecutor", "vet"),
          new Seam(Kind.FORGIVE, "transaction-scope", TENANCY + "driver.BindingExecutor", "due"),
          new Seam(Kind.GIVE_BACK, "discretion", TENANCY + "driver.Discretion", "masked"),
          new Seam(Kind.SKIP, "schema-version", TENANCY + "database.Migrations", "verify"),
          new Seam(Kind.SKIP, "start-checks", TENANCY + "database.StartChecks", "require"),
          new Seam(Kind.LET_IN, "tenant-state", TENANCY + "TenantGate", "enter"),
          new Seam(Kind.LET_INTO_SCHEMA, "placement-gate", TENANCY + "TenantGate", "placed"),
          new Seam(Kind.GIVE_BACK, "placement-name", TENANCY + "Placement$OwnSchema", "schemaOf"),
          new Seam(Kind.FIND_NOTHING, "slug-form", TENANCY + "Slug", "refusal"),
          new Seam(Kind.GIVE_BACK, "slug-skeleton", TENANCY + "Skeleton", "of"),
          new Seam(Kind.FIND_NOTHING, "root-key-strength", KEYRING + "WeakKeys", "weakness"),
          new Seam(Kind.SKIP, "root-key-ownership", KEYRING + "Ownership", "check"),
          new Seam(Kind.GIVE_BACK_LAST, "column-encryption", KEYRING + "ColumnCipher", "seal"),
          new Seam(Kind.STORE_BARE, "ring-encryption", KEYRING + "RingKey", "seal"),
          new Seam(Kind.READ_BARE, "ring-encryption", KEYRING + "RingKey", "open"),
          new Seam(Kind.STORE_BARE, "key-wrapping", KEYRING + "Wrapping", "wrap"),
          new Seam(Kind.READ_BARE, "key-wrapping", KEYRING + "Wrapping", "unwrap"),
          new Seam(Kind.HASH_BARE, "hashed-handles", IDENTITY + "Sha256", "of"),
          new Seam(
              Kind.SPOOL, "no-spooling", "dev.cofferdam.protocol.crypto.SecretBytes", "takenFrom"),
          new Seam(Kind.SAME_BYTES, "column-aad", KEYRING + "ColumnCipher", "aad"),
          new Seam(Kind.SAME_BYTES, "wrapping-aad", KEYRING + "Wrapping", "aad"),
          new Seam(Kind.SAY_YES, "entity-tag", "dev.cofferdam.server.surface.IfMatch", "matches"),
          new Seam(Kind.SKIP, "plaintext-columns", KEYRING + "PlaintextColumns", "check"),
          new Seam(Kind.FIND_NOTHING, "mirror-check", AUDIT + "check.LogCheck", "mirror"),
          new Seam(Kind.FIND_NOTHING, "mirror-tile-check", AUDIT + "check.LogCheck", "mirrored"),
          new Seam(Kind.FIND_NOTHING, "head-check", AUDIT + "check.LogCheck", "head"),
          new Seam(Kind.FIND_NOTHING, "record-check", AUDIT + "check.LogCheck", "records"),
          new Seam(Kind.SKIP, "mirror-awaited", AUDIT + "mirror.MirrorWatch", "isAway"),
          new Seam(Kind.SKIP, "mirror-alarm", AUDIT + "mirror.Mirroring", "trouble"),
          new Seam(Kind.RECORD_EACH, "refusal-window", AUDIT + "Refusals", "count"),
          new Seam(
              Kind.HOARD,
              "keys-outside-heap",
              "dev.cofferdam.protocol.crypto.SecretBytes",
              "takenFrom"),
          new Seam(Kind.HOARD, "handles-not-kept", IDENTITY + "SessionHandle", "ofText"),
          new Seam(Kind.BLURT, "quiet-log", IDENTITY + "SessionHandle", "ofText"),
          new Seam(Kind.BLURT, "quiet-store", SECRETS + "StoreToken", "<init>"),
          new Seam(Kind.NO_LIST, "outbox-poll", AUDIT + "Gathering", "peek"),
          new Seam(Kind.SAY_YES, "destroyed-state", KEYRING + "KeyState", "verifies"),
          new Seam(Kind.SAY_YES, "needed-keys", ROTATION + "RingView$KeyView", "mayGo"),
          new Seam(Kind.SAY_YES, "other-owners", IDENTITY + "closing.Closings", "isAlone"),
          new Seam(
              Kind.SAY_YES, "agreed-by-another", IDENTITY + "closing.ClosingView", "isByAnother"),
          new Seam(Kind.SAY_YES, "settled-owner", IDENTITY + "closing.Closings", "isSettled"),
          new Seam(Kind.SAY_YES, "another-operator", ROTATION + "Destruction", "isByAnother"),
          new Seam(Kind.SAY_YES, "destruction-delay", ROTATION + "Destruction", "isDue"),
          new Seam(Kind.SKIP, "rotation-recorded", ROTATION + "RunActs", "ended"),
          new Seam(Kind.SKIP, "rotation-recorded", ROTATION + "RunActs", "resumed"),
          new Seam(Kind.KEEP, SECRETS_PUT, SECRETS + "Secrets", "<init>"),
          new Seam(Kind.KEEP, NODE_READS, SECRETS + "NodeReads", "<init>"),
          new Seam(Kind.SAY_YES, "reference-form", SECRETS + "Reference", "isPath"),
          new Seam(Kind.SAY_YES, "store-version", SECRETS + "StoredElsewhere", "isAskedFor"),
          new Seam(Kind.SAY_YES, "store-places", SECRETS + "StoredElsewhere", "hasPlace"),
          new Seam(Kind.SAY_YES, "store-answer-whole", SECRETS + "StoreAnswer", "endsHere"),
          new Seam(Kind.SKIP, "store-answer-once", SECRETS + "StoreAnswer", "isRepeated"),
          new Seam(Kind.UNBOUND, "answer-size", EGRESS + "Outgoing", "mostBytes"),
          new Seam(Kind.SKIP, "answer-time", EGRESS + "Deadline", "cuts"),
          new Seam(
              Kind.TRUST_ANYBODY,
              "vouched-certificates",
              "org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder",
              "setSslContext"),
          new Seam(Kind.REMEMBER, "store-asked-each-time", SECRETS + "NodeReads", "made"),
          new Seam(
              Kind.SAY_YES,
              "receiving-key-point",
              "dev.cofferdam.protocol.crypto.ReceivingKey",
              "isPoint"),
          new Seam(Kind.KEEP, WALLS, WIRE + "Walls", "<init>"),
          new Seam(Kind.KEEP, SIGN_OFF, OPERATIONS + "SignOffWatch", "<init>"),
          new Seam(Kind.SAY_YES, "code-compared", OPERATIONS + "Drift", "isSameCode"),
          new Seam(
              Kind.SAY_YES, "configuration-compared", OPERATIONS + "Drift", "isSameConfiguration"),
          new Seam(Kind.SAY_YES, "policies-compared", OPERATIONS + "Drift", "areSamePolicies"),
          new Seam(Kind.SAY_YES, "register-compared", OPERATIONS + "Drift", "isSameRegister"),
          new Seam(Kind.SKIP, "sign-off-signed", OPERATIONS + "SignedOff", "requireSigned"),
          new Seam(Kind.SKIP, "body-announced", WIRE + "Perimeter", "saysTooLarge"),
          new Seam(Kind.SKIP, "content-encoding", WIRE + "Perimeter", "isEncoded"),
          new Seam(Kind.INFLATE, "no-inflating", WIRE + "Perimeter", "bound"),
          new Seam(Kind.SKIP, "body-size", WIRE + "BoundedBody", "requireSize"),
          new Seam(Kind.SKIP, "body-time", WIRE + "BoundedBody", "requireTime"),
          new Seam(Kind.SKIP, "unread-body", WIRE + "BoundedProtocol", "isLateWithBody"),
          new Seam(Kind.SKIP, "late-clients", WIRE + "BoundedProtocol", "isLate"),
          new Seam(Kind.WIDEN, "header-size", HTTP, "getMaxHttpRequestHeaderSize"),
          new Seam(Kind.WIDEN, "header-count", PROTOCOL, "getMaxHeaderCount"),
          new Seam(Kind.SAY_YES, "host-names", WIRE + "Perimeter", "isForUs"),
          new Seam(Kind.SAY_YES, "proxy-names", WIRE + "Forwarded", "isProxy"),
          new Seam(Kind.SAY_YES, "cors-names", WIRE + "Cors", "isNamed"),
          new Seam(Kind.SKIP, "security-fields", WIRE + "SecurityHeaders", "set"),
          new Seam(
              Kind.TELL,
              "closed-catalogue",
              "dev.cofferdam.server.edge.door.Failures",
              "resolveException"),
          new Seam(
              Kind.FIND_NOTHING,
              "degraded-codes",
              "dev.cofferdam.server.edge.door.Causes",
              "unavailable"),
          new Seam(Kind.WEAKEN, "tls-versions", TLS + "TlsPort", "versions"),
          new Seam(Kind.WEAKEN, "tls-suites", TLS + "TlsPort", "suites"),
          new Seam(Kind.SKIP, "encrypted-port", TLS + "Port", "require"),
          new Seam(Kind.SKIP, "encrypted-settings", LAUNCH + "StartSettings", "requireEncrypted"),
          new Seam(
              Kind.SKIP,
              "encrypted-database",
              TENANCY + "database.DatabaseAddress",
              "requireEncrypted"),
          new Seam(
              Kind.SKIP, "encrypted-connection", TENANCY + "driver.Target", "requireEncrypted"),
          new Seam(
              Kind.SKIP,
              "encrypted-store",
              "dev.cofferdam.server.limits.StoreAddress",
              "requireEncrypted"),
          new Seam(
              Kind.SKIP, "encrypted-key-service", KEYRING + "TransitSettings", "requireEncrypted"),
          new Seam(Kind.SKIP, "encrypted-idp", IDENTITY + "oidc.Issuer", "requireEncrypted"),
          new Seam(
              Kind.SKIP,
              "encrypted-mail",
              "dev.cofferdam.server.mail.MailServer",
              "requireEncrypted"),
          new Seam(
              Kind.SKIP,
              "encrypted-witness",
              "dev.cofferdam.server.audit.witness.WitnessSettings",
              "requireEncrypted"),
          new Seam(Kind.LET_DRAW, CLASS_QUOTAS, "dev.cofferdam.server.limits.LocalBuckets", "draw"),
          new Seam(Kind.LET_DRAW, BUDGET, "dev.cofferdam.server.limits.LocalBuckets", "draw"),
          new Seam(
              Kind.COMPARE_BYTE_BY_BYTE,
              "constant-time",
              "dev.cofferdam.protocol.crypto.Hmac",
              "verifies"),
          new Seam(Kind.SAY_YES, "policy-at-entrance", IDENTITY + "Workspaces", "isEnough"),
          new Seam(Kind.SAY_YES, "policy-within", IDENTITY + "LiveSessions", "isEnough"),
          new Seam(Kind.SAY_YES, "own-origin", IDENTITY + "OwnOrigin", "sent"),
          new Seam(Kind.SAY_FIRST, "csrf-token", IDENTITY + "SessionAuthenticator", "standing"),
          new Seam(Kind.SAY_YES, "workspace-of-token", IDENTITY + "CsrfTokens", "isOf"),
          new Seam(
              Kind.UNPREFIX, "cookie-prefix", "org.springframework.http.ResponseCookie", "from"),
          new Seam(Kind.REPREFIX, "cookie-prefix", "jakarta.servlet.http.Cookie", "getName"),
          new Seam(Kind.SHARE_COOKIE, "cookie-of-host", IDENTITY + "SessionCookie", "with"),
          new Seam(Kind.KEEP, SIGN_IN, IDENTITY + "web.SignInController", "<init>"),
          new Seam(Kind.KEEP, STEP_UP, IDENTITY + "web.StepUpController", "<init>"),
          new Seam(Kind.KEEP, TENANT_SIGN_INS, IDENTITY + "provider.TenantSignIns", "<init>"),
          new Seam(Kind.KEEP, TOKEN_ISSUERS, OIDC + "TokenIssuers", "<init>"),
          new Seam(
              Kind.SAY_YES,
              "exchange-conditions",
              "dev.cofferdam.server.oauth.exchange.Condition",
              "isMetBy"),
          new Seam(
              Kind.GIVE_BACK, "tenant-belief", IDENTITY + "provider.TenantSignIns", "believed"),
          new Seam(
              Kind.SAY_YES, "provider-active", IDENTITY + "provider.ProviderRows$Row", "active"),
          new Seam(Kind.SAY_YES, "provider-of-session", IDENTITY + "Sessions", "speaksFor"),
          new Seam(Kind.LINK, "no-linking", IDENTITY + "Sessions", "open"),
          new Seam(Kind.OPEN_OPERATOR, "operator-session", IDENTITY + "Sessions", "openAt"),
          new Seam(Kind.NAME_OPERATORS, "operators-of-platform", OIDC + "Client", "<init>"),
          new Seam(Kind.SAY_YES, "verified-address", OIDC + "ClaimChecks", "isVerified"),
          new Seam(Kind.SAY_YES, "token-algorithm", OIDC + "Expectation", "allows"),
          new Seam(Kind.SAY_YES, "token-type", OIDC + "ForeignTokens", "isOfType"),
          new Seam(Kind.SKIP, "token-without-key", OIDC + "ForeignTokens", "bringsKey"),
          new Seam(Kind.SAY_YES, "token-signature", OIDC + "ForeignTokens", "signed"),
          new Seam(Kind.BELIEVE_UNSIGNED, SIGNED_TOKENS, OIDC + "ForeignTokens", "verify"),
          new Seam(Kind.BELIEVE_UNSIGNED, "keys-at-hand", OIDC + "ForeignTokens", "verify"),
          new Seam(Kind.TAKE_KEY, "published-keys", OIDC + "PublishedKeys", "find"),
          new Seam(Kind.SKIP, "token-issuer", OIDC + "ClaimChecks", "issuer"),
          new Seam(Kind.SKIP, "token-audience", OIDC + "ClaimChecks", "audience"),
          new Seam(Kind.SKIP, "token-subject", OIDC + "ClaimChecks", "subject"),
          new Seam(Kind.SKIP, "token-times", OIDC + "ClaimChecks", "lifetime"),
          new Seam(Kind.SKIP, "token-nonce", OIDC + "ClaimChecks", "nonce"),
          new Seam(Kind.SAY_FIRST, "host-spelling", EGRESS + "Hosts", "spelling"),
          new Seam(Kind.FIND_NOTHING, "destination-rules", EGRESS + "Admission", "againstUrl"),
          new Seam(
              Kind.FIND_NOTHING, "special-addresses", EGRESS + "Admission", "againstAddresses"),
          new Seam(
              Kind.PASS_SELF,
              "no-redirects",
              "org.apache.hc.client5.http.impl.classic.HttpClientBuilder",
              "disableRedirectHandling"),
          new Seam(
              Kind.LOSE_ADDRESS, "pinned-address", "org.apache.hc.core5.http.HttpHost", "<init>"),
          new Seam(Kind.LOOK_UP, "no-second-lookup", EGRESS + "Wire$NoResolver", "resolve"),
          new Seam(Kind.NOTE_TOKEN, "tokens", OIDC + "ForeignTokens", "verify"),
          new Seam(Kind.TOKEN_COOKIE, "own-handle", IDENTITY + "SessionCookie", "of"),
          new Seam(
              Kind.BELIEVE_CLAIM, "handle-alone", IDENTITY + "token.Credentials", "authenticate"),
          new Seam(
              Kind.ACT_AS_PERSON,
              "token-is-no-person",
              IDENTITY + "token.Credentials",
              "authenticate"),
          new Seam(Kind.SAY_YES, "token-mac", IDENTITY + "token.BearerToken", "isMadeWith"),
          new Seam(Kind.SAY_YES, "token-kind", IDENTITY + "token.LiveTokens", "isOfItsKind"),
          new Seam(Kind.SAY_YES, "bound-tokens", OAUTH + "issuing.ShownTokens", "isForBearers"),
          new Seam(Kind.SAY_YES, "proof-key", OAUTH + "proof.Proofs", "isOf"),
          new Seam(Kind.SAY_YES, "proof-request", OAUTH + "proof.Proofs", "isFor"),
          new Seam(Kind.SAY_YES, "proof-token", OAUTH + "proof.Proofs", "isBeside"),
          new Seam(Kind.SAY_YES, "used-once", OAUTH + "proof.UsedOnce", "isFirst"),
          new Seam(Kind.SAY_YES, "assertion-signature", OAUTH + "proof.Assertions", "isSigned"),
          new Seam(
              Kind.SAY_YES, "access-token-signature", OAUTH + "issuing.VerifiedTokens", "isSigned"),
          new Seam(Kind.SKIP, "ended-tokens", OAUTH + "issuing.LiveAccessTokens", "hasEnded"),
          new Seam(
              Kind.SAY_YES, "revocation-author", OAUTH + "authorization.GrantRevocations", "isOf"),
          new Seam(Kind.SAY_YES, "scope-at-entrance", AUTHZ + "Entrance", "isForRoute"),
          new Seam(Kind.SAY_YES, "declared-role", AUTHZ + "Entrance", "isDeclared"),
          new Seam(Kind.SAY_YES, "scope-within", AUTHZ + "Standing", "isForAction"),
          new Seam(
              Kind.COUNT_ALL, "forged-alone", IDENTITY + "SessionAuthenticator", "authenticate"),
          new Seam(Kind.SKIP, "refusal-count", AUDIT + "Refusals", "count"),
          new Seam(
              Kind.SKIP,
              "development-idp-address",
              IDENTITY + "idp.DevelopmentIdpSettings",
              "requireLoopback"),
          new Seam(
              Kind.SKIP,
              "development-idp-beside",
              IDENTITY + "idp.DevelopmentIdp",
              "requireLoopback"),
          new Seam(Kind.SAY_YES, "development-idp-hosts", IDENTITY + "idp.Endpoints", "isForUs"),
          new Seam(Kind.SAY_YES, "library-list", LAUNCH + "Libraries", "knows"),
          new Seam(
              Kind.FIND_NOTHING,
              "bootstrap-looked-at",
              NODES + "Registrations",
              "whatStandsAgainst"),
          new Seam(Kind.SAY_YES, "node-key-of-now", OAUTH + "Holders$Standing", "allows"),
          new Seam(Kind.SKIP, "node-grants-taken", AUTHZ + "Grants", "takeAllOf"),
          new Seam(Kind.SAY_YES, "bootstrap-mac", NODES + "BootstrapToken", "isMadeWith"),
          new Seam(Kind.SAY_YES, "statement-signed", NODES + "Statement", "isSigned"),
          new Seam(Kind.SAY_YES, "statement-for-us", NODES + "Statement", "isFor"));

  private Seams() {}

  /** All places, in no order that matters. */
  public static List<Seam> all() {
    return ALL;
  }

  /** The names that can be taken out. */
  static List<String> layers() {
    return ALL.stream()
        .filter(
            seam ->
                switch (seam.kind()) {
                  case SKIP,
                      SAY_YES,
                      SAY_FIRST,
                      GIVE_BACK,
                      GIVE_BACK_LAST,
                      PASS_LAST,
                      FORGIVE,
                      FIND_NOTHING,
                      SAME_BYTES,
                      LOOSEN,
                      UNLOCK,
                      GIVE_UNGRANTED,
                      LEAVE_LEFT,
                      REMEMBER,
                      PASTE,
                      SHARE,
                      BELIEVE,
                      IMPERSONATE,
                      CLAIM,
                      WEAKEN,
                      INFLATE,
                      TELL,
                      LET_DRAW,
                      COMPARE_BYTE_BY_BYTE,
                      WIDEN,
                      UNBOUND,
                      TRUST_ANYBODY,
                      UNPREFIX,
                      REPREFIX,
                      SHARE_COOKIE,
                      TOKEN_COOKIE,
                      BELIEVE_UNSIGNED,
                      TAKE_KEY,
                      PASS_SELF,
                      LOSE_ADDRESS,
                      LOOK_UP,
                      BELIEVE_CLAIM,
                      LINK,
                      NAME_OPERATORS,
                      OPEN_OPERATOR,
                      ACT_AS_PERSON,
                      COUNT_ALL,
                      LET_IN,
                      LET_INTO_SCHEMA,
                      NO_LIST,
                      RECORD_EACH,
                      HOARD,
                      BLURT,
                      SPOOL,
                      STORE_BARE,
                      READ_BARE,
                      HASH_BARE ->
                      true;
                  case KEEP,
                      DICTATE,
                      OTHER_MIRROR,
                      FORGET_HEADS,
                      KEEP_RESULT,
                      ADD_TABLES,
                      ADD_PEOPLE,
                      ENTER,
                      NOTE_TOKEN,
                      CONNECT,
                      LEND,
                      CLOCK ->
                      false;
                })
        .map(Seam::name)
        .distinct()
        .sorted()
        .toList();
  }
}
