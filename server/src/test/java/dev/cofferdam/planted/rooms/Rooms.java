package dev.cofferdam.planted.rooms;

import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Versioned;
import dev.cofferdam.server.tenancy.Scopes;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Handlers of every kind, behind the door of a test. */
@RestController
public final class Rooms {
  record Chair(String name, int legs, @Nullable Map<String, Integer> marks) {
    Chair {
      if (legs < 0) {
        throw new IllegalArgumentException("a chair has no fewer legs than none");
      }
    }
  }

  record Seen(String principal, String scope) {}

  @GetMapping("/v1/hall")
  @Surface(
      summary = "Does one thing.",
      access = Access.ANYONE,
      limit = "public",
      action = "room.see")
  Seen hall(Caller caller) {
    return new Seen(caller.principal(), "unbound");
  }

  @GetMapping("/v1/study")
  @Surface(
      summary = "Does one thing.",
      access = Access.PERSON,
      limit = "session",
      action = "room.see")
  Seen study(Caller.Person person) {
    return new Seen(person.principal(), Scopes.current().carried());
  }

  @GetMapping("/v1/office")
  @Surface(summary = "Does one thing.", access = Access.TENANT, limit = "read", action = "room.see")
  Seen office(Call call) {
    return new Seen(call.caller().principal(), Scopes.current().carried());
  }

  @GetMapping("/v1/vault")
  @Surface(
      summary = "Does one thing.",
      access = Access.TENANT,
      roles = {Role.OWNER},
      limit = "read",
      action = "room.see")
  Seen vault(Call call) {
    return office(call);
  }

  @GetMapping("/v1/diary")
  @Surface(
      summary = "Does one thing.",
      access = Access.TENANT,
      limit = "read",
      action = "room.read",
      sensitive = true)
  Seen diary(Call call) {
    return office(call);
  }

  @GetMapping("/v1/safe")
  @Surface(
      summary = "Does one thing.",
      access = Access.TENANT,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "read",
      action = "room.see")
  Seen safe(Call call) {
    return office(call);
  }

  /** A page, and what its form does: the same demands, under one path. */
  @GetMapping(path = "/planted/safe", produces = "text/html;charset=UTF-8")
  @Surface(
      summary = "Does one thing.",
      access = Access.TENANT,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "read",
      action = "room.see")
  String safePage(@RequestParam String colour) {
    return "seen " + colour;
  }

  @PostMapping(path = "/planted/safe", produces = "text/html;charset=UTF-8")
  @Surface(
      summary = "Does one thing.",
      access = Access.TENANT,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "room.furnish")
  String paint(@RequestParam String colour) {
    return "painted " + colour;
  }

  @GetMapping("/v1/bridge")
  @Surface(
      summary = "Does one thing.",
      access = Access.OPERATOR,
      limit = "operate",
      action = "room.see")
  Seen bridge(Caller.Operator operator) {
    return new Seen(operator.principal(), "unbound");
  }

  @GetMapping("/v1/chairs")
  @Surface(summary = "Does one thing.", access = Access.PERSON, limit = "list", action = "room.see")
  Page<Integer> chairs(PageRequest page, @RequestParam(required = false) String colour) {
    int first = page.after() == null ? 1 : Integer.parseInt(page.after()) + 1;
    int last = first + page.limit() - 1;
    return new Page<>(
        IntStream.rangeClosed(first, last).boxed().toList(),
        last < 100 ? Integer.toString(last) : null);
  }

  @PostMapping("/v1/chairs")
  @Surface(
      summary = "Does one thing.",
      access = Access.ANYONE,
      limit = "public",
      action = "room.furnish")
  Chair build(@RequestBody Chair chair) {
    return chair;
  }

  @PutMapping("/v1/chairs/{id}")
  @Surface(
      summary = "Does one thing.",
      access = Access.ANYONE,
      limit = "public",
      action = "room.furnish")
  Versioned<Chair> change(@PathVariable UUID id, IfMatch read, @RequestBody Chair chair) {
    if (!read.matches(ETag.ofVersion(1))) {
      throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
    }
    return new Versioned<>(ETag.ofVersion(2), chair);
  }

  @GetMapping("/v1/fires/{kind}")
  @Surface(
      summary = "Does one thing.",
      access = Access.ANYONE,
      limit = "public",
      action = "room.see")
  Seen burn(@PathVariable String kind) throws Exception {
    throw switch (kind) {
      case "runtime" -> new IllegalStateException("secret /etc/passwd of host db.internal");
      case "checked" -> new Exception("select secret from hidden.table");
      case "sql" ->
          new UncategorizedSQLException(
              "reading", "select secret from hidden.table", new SQLException("secret", "42501"));
      case "away" ->
          new DataAccessResourceFailureException(
              "secret", new SQLException("connection to db.internal refused", "08001"));
      case "shutdown" ->
          new UncategorizedSQLException("reading", "select 1", new SQLException("secret", "57P01"));
      case "error" -> new RuntimeException(new LinkageError("secret dev.cofferdam.Hidden"));
      default -> Refusal.of(ProblemCode.CONFLICT).at("kind").thrown();
    };
  }

  @GetMapping("/v1/overflow")
  @Surface(
      summary = "Does one thing.",
      access = Access.ANYONE,
      limit = "public",
      action = "room.see")
  List<Integer> overflow() {
    throw new StackOverflowError("secret");
  }
}
