package dev.cofferdam.server.operations;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.util.Objects;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sign-offs of reviews, as the platform's log knows them: by digest alone, so that the log proves
 * when one was there and says nothing of what it says (docs/adr/0083).
 */
public final class SignOffs {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("sign_off"));

  private final TransactionOperations transaction;
  private final Outbox outbox;

  /**
   * @param transaction of {@code cofferdam_ops}, whose outbox the other is
   */
  SignOffs(TransactionOperations transaction, Outbox outbox) {
    this.transaction = transaction;
    this.outbox = outbox;
  }

  /** Records that a sign-off with this digest was there when the operator named it. */
  public Recorded<SignOffDigest> record(Call call, Caller.Operator by, SignOffDigest digest) {
    Entry entry =
        Entry.done(LogId.PLATFORM, new Actor.OfOperator(by.id()), "sign_off.record")
            .with("digest", digest.hex())
            .in(call.id());
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(_ -> new Recorded<>(outbox.record(entry), digest))));
  }
}
