package dev.cofferdam.review.secrets;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.nodes.NodeSession;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * A node that asks for secrets with a token that is good for minutes, and opens what it is given.
 * Does not try again when it is refused.
 */
final class Workload {
  private final Machine machine;
  private final NodeSession session;
  private final Site site;
  private final UUID tenant;
  private final String token;

  private Workload(Machine machine, Browser network, UUID tenant) {
    this.machine = machine;
    this.session = machine.from(network);
    this.site = network.site();
    this.tenant = tenant;
    Reply given = session.token();
    if (!given.isDone()) {
      throw new IllegalStateException("a node gets no token: " + given.readable());
    }
    this.token = given.member("access_token");
  }

  /** A new node of the tenant. */
  static Workload of(Web web, UUID tenant, String name) {
    return of(web, tenant, name, new Machine());
  }

  /** The same on a machine with keys of one's choice. */
  static Workload of(Web web, UUID tenant, String name, Machine machine) {
    Browser fresh = web.as(tenant, Part.ADMIN);
    Browser network = web.nobody();
    return new Workload(Machine.registered(machine, fresh, network, name), network, tenant);
  }

  UUID id() {
    return machine.id();
  }

  /** The thumbprint of its receiving key. */
  String keyId() {
    return machine.receiving().thumbprint();
  }

  /** Where a secret of its tenant goes when it goes to it. */
  SecretAddress address(Secret secret, long version) {
    return new SecretAddress(tenant, id(), keyId(), secret.project(), secret.name(), version);
  }

  /** What it sends for {@code ask}. */
  Ask shown(Ask ask) {
    return session.shown(ask.with("Host", site.authority()), token);
  }

  /** Asks once, on a connection of its own. */
  Reply ask(Ask ask) throws IOException {
    try (Line line = Line.open(site)) {
      return line.ask(shown(ask));
    }
  }

  /** Whether what came opens, for this address, to {@code value}. */
  boolean opens(SecretAddress address, byte[] sealed, String value) {
    return opens(machine, address, sealed, value);
  }

  /** The same by the keys of any machine. */
  static boolean opens(Machine machine, SecretAddress address, byte[] sealed, String value) {
    try (SecretBytes key = machine.receivingKey()) {
      return isValue(
          SealedSecret.open(CryptoProvider.best().hpke(), machine.kem(), key, address, sealed),
          value);
    }
  }

  /** The same for {@code info} and authenticated data of one's choice. */
  boolean opens(byte[] info, byte[] aad, byte[] sealed, String value) {
    try (SecretBytes key = machine.receivingKey()) {
      byte[] message = Arrays.copyOfRange(sealed, 1, sealed.length);
      return isValue(CryptoProvider.best().hpke().open(key, info, aad, message), value);
    }
  }

  private static boolean isValue(Opening opening, String value) {
    return switch (opening) {
      case Opening.Opened opened -> {
        try (SecretBytes plain = opened.plaintext()) {
          yield plain.matches(value.getBytes(StandardCharsets.UTF_8));
        }
      }
      case Opening.Refused refused -> false;
    };
  }
}
