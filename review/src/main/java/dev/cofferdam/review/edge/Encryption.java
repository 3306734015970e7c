package dev.cofferdam.review.edge;

import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.ChannelRefusedException;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.OldHello;
import dev.cofferdam.review.wire.Outside;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** EDG-06 and EDG-08: what others on the way could read. */
public final class Encryption {
  private static final String EVERYWHERE = "0.0.0.0";

  private Encryption() {}

  public static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    all.add(
        Door.byNobody(
            "EDG-06.old-tls",
            "shakes hands in TLS 1.0 and 1.1",
            target -> hello(target, OldHello.TLS_1_0, OldHello.TLS_1_1)));
    all.add(
        Door.byNobody(
            "EDG-06.weak-suite",
            "shakes hands in TLS 1.2 with a cipher without authentication",
            target -> hello(target, OldHello.TLS_1_2)));
    all.add(
        Door.byOperator(
            "EDG-06.plain-http", "has the server listen everywhere in plain", Encryption::plain));
    all.add(
        hop(
            "EDG-08.database",
            "cofferdam.database.url",
            "jdbc:postgresql://db.example.com/cofferdam"));
    all.add(hop("EDG-08.store", "cofferdam.limits.store", "redis://cache.example.com:6379"));
    all.add(
        hop(
            "EDG-08.idp",
            "cofferdam.idp.issuer",
            "http://idp.example.com",
            "cofferdam.idp.client-id",
            "cofferdam"));
    all.add(hop("EDG-08.mail", "cofferdam.mail.server", "smtp://mail.example.com"));
    all.add(
        hop(
            "EDG-08.witness",
            "cofferdam.audit.witness.url",
            "http://witness.example.com",
            "cofferdam.audit.witness.public-key",
            NoteKey.of("witness.example.com", NoteKey.Use.COSIGNATURE, new byte[32]).toString()));
    all.add(
        hop(
            "EDG-08.key-service",
            "cofferdam.keyring.transit.address",
            "http://bao.example.com:8200",
            "cofferdam.keyring.transit.token-file",
            "/etc/cofferdam/token"));
    return all;
  }

  private static Verdict hello(Target target, int... versions) throws IOException {
    try (OwnCertificate certificate = OwnCertificate.make()) {
      int port = target.server().openPort("127.0.0.1", certificate.file());
      List<String> met = new ArrayList<>();
      for (int version : versions) {
        String answer = OldHello.answer(port, version, OldHello.CBC);
        if (answer.equals("goes on")) {
          return new Verdict.Succeeded(
              "the server goes on with version %04x and suite %04x"
                  .formatted(version, OldHello.CBC));
        }
        met.add("%04x: %s".formatted(version, answer));
      }
      return new Verdict.Refused(
          "a handshake with suite %04x meets %s".formatted(OldHello.CBC, met));
    }
  }

  private static Verdict plain(Target target) throws IOException {
    try {
      target.server().settings("cofferdam.http.address", EVERYWHERE);
      int port = target.server().openPort(EVERYWHERE, null);
      String host = Outside.address().orElse("127.0.0.1");
      try (Line line = Line.open(new Site(host, port))) {
        Reply reply = line.ask(Ask.get("/livez").with("Host", "localhost"));
        return new Verdict.Succeeded(
            "in plain from " + host + ": " + reply.brief() + " to GET /livez");
      }
    } catch (ChannelRefusedException refused) {
      return new Verdict.Refused("does not start: " + refused.getMessage());
    }
  }

  private static Attack hop(String id, String... settings) {
    return Door.byOperator(
        id,
        "has the server speak to `" + settings[1] + "` in plain",
        target -> {
          try {
            target.server().settings(settings);
            return new Verdict.Succeeded(
                "would start with `" + settings[0] + "` at `" + settings[1] + "`");
          } catch (ChannelRefusedException refused) {
            return new Verdict.Refused("does not start: " + refused.getMessage());
          }
        });
  }
}
