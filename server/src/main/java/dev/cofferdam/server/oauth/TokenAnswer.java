package dev.cofferdam.server.oauth;

import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.Optional;

/** What became of a wish for a token. */
public sealed interface TokenAnswer {

  /**
   * There is one.
   *
   * @param record of it, in the log of the token's tenant
   * @param refresh what it is renewed with, where that was agreed
   */
  record Issued(RecordId record, AccessToken token, Optional<RefreshToken> refresh)
      implements TokenAnswer {}

  /**
   * There is one of a person's own, which lasts: the authorization server hands it over, and is not
   * asked about it any more.
   *
   * @param record of it, in the log of its tenant
   */
  record Made(RecordId record, TenantId tenant, LastingToken token) implements TokenAnswer {}

  /**
   * There is none.
   *
   * @param refusal with whoever it is {@link Refusal#to}, where that is known: then it is recorded
   */
  record Refused(Refusal refusal) implements TokenAnswer {}
}
