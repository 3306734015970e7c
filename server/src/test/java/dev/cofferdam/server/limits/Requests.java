package dev.cofferdam.server.limits;

import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Limits on a clock that stands, and those who ask. */
final class Requests {
  final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final LocalBuckets buckets = new LocalBuckets(clock);
  final Limits limits;

  Requests(String table) {
    limits = new Limits(LimitTableReader.read("test", table), buckets, meters);
  }

  static Requests asShipped() {
    return new Requests(LimitTable.ofServer().with(Map.of()));
  }

  private Requests(LimitTable table) {
    limits = new Limits(table, buckets, meters);
  }

  /** How many of {@code wanted} requests at once are let in. */
  int let(int wanted, String limit, Requester requester) {
    int let = 0;
    for (int number = 0; number < wanted; number++) {
      if (limits.take(limit, requester) instanceof Taking.Taken) {
        let++;
      }
    }
    return let;
  }

  static TenantId tenant() {
    return new TenantId(UUID.randomUUID());
  }

  static Requester.InTenant of(TenantId tenant) {
    return new Requester.InTenant(UUID.randomUUID().toString(), tenant);
  }

  static Requester.Stranger at(String address) {
    try {
      return new Requester.Stranger(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
