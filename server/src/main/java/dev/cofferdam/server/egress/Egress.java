package dev.cofferdam.server.egress;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes requests to other machines. Safe for use by many threads; a call blocks the caller's, no
 * longer than the total time of the settings and a moment.
 */
public final class Egress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Egress.class);
  private static final int AT_ONE = 4;

  private final Admission admission;
  private final Admission ofTenants;
  private final Lookup lookup;
  private final Wire wire;
  private final Duration totalTime;
  private final Semaphore places;

  private Egress(
      Admission admission,
      Admission ofTenants,
      Lookup lookup,
      Wire wire,
      Duration totalTime,
      Semaphore places) {
    this.admission = admission;
    this.ofTenants = ofTenants;
    this.lookup = lookup;
    this.wire = wire;
    this.totalTime = totalTime;
    this.places = places;
  }

  /**
   * @param ofTenants decides about what a tenant has named
   */
  Egress(
      Admission admission,
      Admission ofTenants,
      Lookup lookup,
      Wire wire,
      Duration totalTime,
      int mostAtOnce) {
    this(admission, ofTenants, lookup, wire, totalTime, new Semaphore(mostAtOnce));
  }

  /**
   * The same way out for what a tenant has named: the private hosts that the platform needs for
   * itself are closed to it. Not to be closed itself.
   */
  public Egress ofTenants() {
    return new Egress(ofTenants, ofTenants, lookup, wire, totalTime, places);
  }

  /**
   * A way out of its own, for what is asked before there is a server: to the one host that whoever
   * runs the platform has named for it in another setting. To be closed.
   *
   * @param origin which is {@link Origin#required}
   * @param rootsSetting the name of the setting that names the file
   * @param trustedRoots a PEM file of authorities that are trusted beside those of the JDK, or null
   */
  public static Egress toOne(URI origin, String rootsSetting, @Nullable Path trustedRoots) {
    Destination only =
        Destination.of(origin + "/")
            .orElseThrow(() -> new IllegalArgumentException("`" + origin + "` is no origin"));
    Admission admission = new Admission(Set.of(only.named()), AddressKinds.ofTable());
    return new Egress(
        admission,
        admission,
        new Lookup(InetAddress::getAllByName),
        new Wire(Trust.context(rootsSetting, trustedRoots), Duration.ofSeconds(3), AT_ONE),
        Duration.ofSeconds(10),
        AT_ONE);
  }

  /** Whether the rules have nothing against this URL, as far as that can be told by its letters. */
  public boolean admits(String url) {
    return Destination.of(url).filter(to -> admission.againstUrl(to).isEmpty()).isPresent();
  }

  /** Makes the request, once: what failed is not tried again. */
  public Outcome send(Outgoing outgoing) {
    Optional<Destination> destination = Destination.of(outgoing.url());
    if (destination.isEmpty()) {
      return told(new Outcome.Refused(Outcome.Rule.SPELLING, "?"));
    }
    Destination to = destination.get();
    Optional<Outcome.Rule> against = admission.againstUrl(to);
    if (against.isPresent()) {
      return told(new Outcome.Refused(against.get(), to.host()));
    }
    if (!places.tryAcquire()) {
      return told(new Outcome.Failed(Outcome.Cause.BUSY, to.host()));
    }
    try {
      return told(send(outgoing, to));
    } finally {
      places.release();
    }
  }

  private Outcome send(Outgoing outgoing, Destination to) {
    long began = System.nanoTime();
    InetAddress[] addresses;
    try {
      addresses = lookup.of(to, totalTime);
    } catch (UnknownHostException e) {
      return new Outcome.Failed(Outcome.Cause.UNKNOWN_HOST, to.host());
    } catch (TimeoutException e) {
      return new Outcome.Failed(Outcome.Cause.TIMED_OUT, to.host());
    }
    Optional<Outcome.Rule> against = admission.againstAddresses(to, addresses);
    if (against.isPresent()) {
      return new Outcome.Refused(against.get(), to.host());
    }
    Outcome outcome = new Outcome.Failed(Outcome.Cause.UNREACHABLE, to.host());
    for (InetAddress address : addresses) {
      Duration left = totalTime.minusNanos(System.nanoTime() - began);
      outcome = attempt(outgoing, to, address, left);
      // Only what cannot have been received goes to another address too.
      if (!outcome.equals(new Outcome.Failed(Outcome.Cause.UNREACHABLE, to.host()))) {
        return outcome;
      }
    }
    return outcome;
  }

  private Outcome attempt(Outgoing outgoing, Destination to, InetAddress address, Duration left) {
    if (!left.isPositive()) {
      return new Outcome.Failed(Outcome.Cause.TIMED_OUT, to.host());
    }
    Deadline deadline = new Deadline(left);
    try (deadline) {
      return wire.send(outgoing, to, address, deadline);
    } catch (IOException | RuntimeException e) {
      // Apache reports a request that was cut off in several ways, one of them unchecked.
      LOG.debug("A request to {} failed.", to.host(), e);
      return new Outcome.Failed(deadline.passed() ? Outcome.Cause.TIMED_OUT : cause(e), to.host());
    }
  }

  private static Outcome.Cause cause(Exception failure) {
    return switch (failure) {
      case ConnectTimeoutException e -> Outcome.Cause.UNREACHABLE;
      case HttpHostConnectException e -> Outcome.Cause.UNREACHABLE;
      case SSLException e -> Outcome.Cause.UNTRUSTED;
      case SocketTimeoutException e -> Outcome.Cause.TIMED_OUT;
      case InterruptedIOException e -> Outcome.Cause.TIMED_OUT;
      default -> Outcome.Cause.GARBLED;
    };
  }

  /**
   * The host and the rule, never the URL, which may hold a secret. The caller says what it meant.
   */
  private static Outcome told(Outcome outcome) {
    switch (outcome) {
      case Outcome.Answered answered -> LOG.debug("{}", answered);
      case Outcome.Refused(Outcome.Rule rule, String host) ->
          LOG.debug("A request to `{}` was not made: {}.", host, rule);
      case Outcome.Failed(Outcome.Cause cause, String host) ->
          LOG.debug("A request to `{}` failed: {}.", host, cause);
    }
    return outcome;
  }

  @Override
  public void close() {
    wire.close();
  }
}
