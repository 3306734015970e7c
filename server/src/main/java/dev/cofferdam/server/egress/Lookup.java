package dev.cofferdam.server.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks a name up within a time. The system's resolver cannot be interrupted, so it runs on a
 * thread of its own that is left behind when it hangs; a platform thread, because it would hold the
 * carrier of a virtual one.
 */
final class Lookup {
  private final Resolver resolver;

  Lookup(Resolver resolver) {
    this.resolver = resolver;
  }

  InetAddress[] of(Destination to, Duration time) throws UnknownHostException, TimeoutException {
    if (to.literal()) {
      return new InetAddress[] {AddressKinds.literal(to.host())};
    }
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> resolver.addresses(to.host()));
    Thread.ofPlatform().daemon().name("egress lookup").start(lookup);
    try {
      return lookup.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new UnknownHostException(to.host());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(to.host());
    }
  }
}
