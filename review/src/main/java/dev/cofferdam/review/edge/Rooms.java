package dev.cofferdam.review.edge;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.AskingDevice;
import dev.cofferdam.review.web.Crowd;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * LIM-01: what strangers leave behind. Programs register themselves and ask for codes before
 * anybody knows them, and each time a row is kept: by one address as often as it likes, and by many
 * addresses together until there is no room.
 */
public final class Rooms {
  private static final int TOO_MANY = 429;

  /** More than one address may, and fewer than the budget over all classes has room for. */
  private static final int REGISTRATIONS = 15;

  /** The same of what costs less. */
  private static final int CODES_ASKED = 30;

  private static final int AT_ONCE = 40;

  /** As many rows as there may be, but for these. */
  private static final int LEFT = 5;

  private static final String ROWS = "select count(*) from ";

  private Rooms() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "LIM-01.registrations",
            "registers one program after the other",
            target -> untilRefused(target, registering(), REGISTRATIONS)),
        attack(
            "LIM-01.codes",
            "asks for one code after the other",
            target -> untilRefused(target, asking(), CODES_ASKED)),
        attack(
            "LIM-01.registered",
            "has many addresses fill the table of programs that register themselves",
            target -> filled(target, PROGRAMS)),
        attack(
            "LIM-01.pending",
            "has many addresses fill the table of what waits for a code to be typed",
            target -> filled(target, CODES)));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return new Attack(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.NOBODY),
        target -> {
          target.web().rest();
          return assault.run(target);
        },
        Rooms::thereIsRoom);
  }

  private static Ask registering() {
    return Ask.of("POST", "/oauth/register")
        .json(
            Map.of(
                "client_name",
                "Of a flood",
                "redirect_uris",
                List.of("https://program.example/done")));
  }

  private static Ask asking() {
    return Ask.of("POST", "/oauth/device")
        .form(Map.of("client_id", AskingDevice.COMMAND_LINE, "scope", "tenant:read"));
  }

  private static Verdict untilRefused(Target target, Ask asked, int most) throws IOException {
    Ask ask = target.web().nobody().dressed(asked);
    Line line = Line.open(target.web().site());
    try {
      for (int n = 0; n < most; n++) {
        if (!line.isOpen()) {
          line = Line.open(target.web().site());
        }
        Reply reply = line.ask(ask);
        if (reply.status() == TOO_MANY) {
          return reply.field("Retry-After").isPresent()
              ? new Verdict.Refused("429 after " + n + ", with Retry-After")
              : new Verdict.Inconclusive("429 without Retry-After: " + reply.readable());
        }
        if (!reply.isDone()) {
          return new Verdict.Inconclusive(n + " met " + reply.readable());
        }
      }
    } finally {
      line.close();
    }
    return new Verdict.Succeeded(most + " one after the other, and never 429");
  }

  /**
   * A table that strangers fill.
   *
   * @param most as many rows as the settings of the laboratory allow
   * @param row plants one
   */
  private record Room(String table, int most, Ask ask, String row) {}

  private static final Room PROGRAMS =
      new Room(
          "oauth.open_client",
          10_000,
          registering(),
          """
          insert into oauth.open_client (client_id, name, redirect_uris, scopes, created_at)
          select gen_random_uuid(), 'Of a flood', '{https://program.example/done}', '{tenant:read}', now()
            from generate_series(1, %d)
          """);

  private static final Room CODES =
      new Room(
          "oauth.device_request",
          10_000,
          asking(),
          """
          insert into oauth.device_request (device_id, device_hash, user_hash, issuer, client_id, named, proven, scopes,
                                            asked_from, asked_at, expires_at, every)
          select gen_random_uuid(), sha256(n::text::bytea), sha256(n::text::bytea), 'http://elsewhere.example',
                 'cofferdam-cli', 'Of a flood', false, '{tenant:read}', '192.0.2.1', now(), now() + interval '10 minutes', 5
            from generate_series(1, %d) n
          """);

  /** Each address has its own count, so the laboratory forgets counts: what is left is the room. */
  private static Verdict filled(Target target, Room room)
      throws SQLException, InterruptedException {
    try (Session superuser = target.asSuperuser()) {
      long there = Crowd.count(superuser, ROWS + room.table());
      superuser.must(room.row().formatted(room.most() - LEFT - there));
      Crowd crowd = new Crowd();
      for (int n = 0; n < AT_ONCE; n++) {
        crowd.with(target.web().nobody(), room.ask());
      }
      List<Reply> replies = crowd.send();
      long rows = Crowd.count(superuser, ROWS + room.table());
      if (rows > room.most()) {
        return new Verdict.Succeeded(rows + " rows, and there may be " + room.most());
      }
      return rows == room.most()
          ? new Verdict.Refused("exactly as many rows as there may be: " + Crowd.summary(replies))
          : new Verdict.Inconclusive(rows + " rows: " + Crowd.summary(replies));
    }
  }

  /** What has waited too long makes room, and a program asks again. */
  private static String thereIsRoom(Target target) throws SQLException {
    target.web().rest();
    try (Session superuser = target.asSuperuser()) {
      superuser.must("update oauth.device_request set expires_at = now() - interval '1 hour'");
      superuser.must("update oauth.open_client set created_at = now() - interval '10 days'");
    }
    for (Ask ask : List.of(asking(), registering())) {
      Reply reply = target.web().nobody().bare(ask);
      if (!reply.isDone()) {
        throw new IllegalStateException("nothing makes room: " + reply.readable());
      }
    }
    return "what is over makes room for the next program";
  }
}
