package dev.cofferdam.server.oauth.device;

import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.limits.Requester;
import dev.cofferdam.server.limits.Taking;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What people type. Each code is counted whether it is one or not, by the person (at the door) and
 * by the address that they come from (here): one person has few guesses, and many people at one
 * address have not many more. One that is none is a denial in the log of the tenant.
 */
public final class TypedCodes {
  private static final String LIMIT = "user-code";

  private final DeviceRequests requests;
  private final DeviceActs acts;
  private final Limits limits;

  TypedCodes(DeviceRequests requests, DeviceActs acts, Limits limits) {
    this.requests = requests;
    this.acts = acts;
    this.limits = limits;
  }

  /** What a code came to. */
  public sealed interface Typed {}

  /** A program waits for an answer to it. */
  public record Found(DeviceRequests.Waiting asked) implements Typed {}

  /** None does: it was answered, has expired, or never was. */
  public record Unknown() implements Typed {}

  /** Too many were typed at this address. */
  public record TooMany(Duration retryAfter) implements Typed {}

  /** Looks at a code that a person has typed, in the tenant that they work in and that is bound. */
  public Typed look(Call call, Caller.Person by, String typed, Issuer issuer) {
    Optional<Duration> wait = tooMany(call.address());
    if (wait.isPresent()) {
      return new TooMany(wait.get());
    }
    Optional<DeviceRequests.Waiting> asked =
        UserCode.of(typed).flatMap(code -> requests.find(code, issuer));
    if (asked.isEmpty()) {
      acts.missed(call, by);
      return new Unknown();
    }
    return new Found(asked.get());
  }

  /** How long whoever is at this address has to wait. */
  private Optional<Duration> tooMany(InetAddress address) {
    return switch (limits.take(LIMIT, new Requester.Stranger(address))) {
      case Taking.Taken taken -> Optional.empty();
      case Taking.Exhausted exhausted -> Optional.of(exhausted.retryAfter());
    };
  }
}
