package dev.cofferdam.server.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.read.Proofs;
import dev.cofferdam.server.audit.read.TenantKeys;
import dev.cofferdam.server.audit.store.PublishedKeys;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Tenants;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The log of the tenant that one works in, for verifiers: below {@code /v1/audit/log/} in the
 * layout of C2SP tlog-tiles.
 */
@RestController
class LogController {
  private final Proofs proofs;
  private final TenantKeys keys;

  LogController(Proofs proofs, TenantKeys keys) {
    this.proofs = proofs;
    this.keys = keys;
  }

  private static LogId log() {
    return new LogId.OfTenant(Tenants.current());
  }

  /** The newest signed checkpoint (C2SP tlog-checkpoint). */
  @GetMapping(path = "/v1/audit/log/checkpoint", produces = "text/plain;charset=UTF-8")
  @Surface(
      summary = "Reads the newest signed checkpoint of the log.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "log.prove",
      scope = TokenScope.AUDIT_READ,
      problems = ProblemCode.NOT_FOUND)
  String checkpoint() {
    return proofs
        .checkpoint(log())
        .map(Note::toString)
        .orElseThrow(() -> Refusal.notFound().because("no_record_yet").thrown());
  }

  /** Hashes. */
  @GetMapping(path = "/v1/audit/log/tile/{level}/{*tile}", produces = "application/octet-stream")
  @Surface(
      summary = "Reads one tile of the hashes of the log (C2SP tlog-tiles).",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "tile",
      action = "log.prove",
      scope = TokenScope.AUDIT_READ,
      problems = ProblemCode.NOT_FOUND)
  byte[] hashes(
      @PathVariable String level, @PathVariable String tile, HttpServletResponse response) {
    byte[] content = content(level + tile);
    Answered.forGood(response);
    return content;
  }

  /** The records themselves. */
  @GetMapping(path = "/v1/audit/log/tile/entries/{*tile}", produces = "application/octet-stream")
  @Surface(
      summary = "Reads one bundle of encoded records (C2SP tlog-tiles).",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "tile",
      action = "record.list",
      scope = TokenScope.AUDIT_READ,
      sensitive = true,
      problems = ProblemCode.NOT_FOUND)
  byte[] entries(@PathVariable String tile) {
    return content("entries" + tile);
  }

  private byte[] content(String path) {
    return Tile.parse("tile/" + path)
        .flatMap(tile -> proofs.tile(log(), tile))
        .orElseThrow(() -> Refusal.notFound().thrown());
  }

  /**
   * That the tree of the first records is the beginning of a larger one.
   *
   * @param hashes base64, as RFC 9162 section 2.1.4 orders them
   */
  record Consistency(long first, long second, List<String> hashes) {}

  @GetMapping("/v1/audit/log/consistency")
  @Surface(
      summary = "Proves that the log at one size is the beginning of the log at another.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "audit",
      action = "log.prove",
      scope = TokenScope.AUDIT_READ,
      problems = ProblemCode.INVALID_FIELD)
  Consistency consistency(
      @RequestParam long first, @RequestParam long second, HttpServletResponse response) {
    List<Hash> path =
        proofs
            .consistency(log(), first, second)
            .orElseThrow(
                () -> Refusal.invalid(first < 0 || first > second ? "first" : "second").thrown())
            .path();
    Answered.forGood(response);
    return new Consistency(first, second, path.stream().map(Hash::base64).toList());
  }

  /**
   * A key that checkpoints are or were signed with.
   *
   * @param publicKey name, id and public half, as {@code cofferdam-node verify --key} takes it;
   *     left out once it counts no more
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Key(
      int version, String state, @Nullable String publicKey, Instant createdAt, Instant since) {
    static Key of(PublishedKeys.Known known) {
      return new Key(
          known.version(),
          known.state(),
          known.key().map(NoteKey::toString).orElse(null),
          known.createdAt(),
          known.since());
    }
  }

  /** Public, so for everybody in the tenant: whoever has a receipt needs them. */
  @GetMapping("/v1/audit/log/keys")
  @Surface(
      summary = "Lists the keys that sign, or have signed, the tenant's checkpoints.",
      access = Access.TENANT,
      limit = "read",
      action = "log.list_keys",
      scope = TokenScope.AUDIT_READ)
  Page<Key> keys() {
    return new Page<>(keys.history().stream().map(Key::of).toList(), null);
  }
}
