package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.TokenRequest;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Begins grants for another way in which people consent: what a client gets, what is recorded, and
 * how it is renewed and ended are the same as by a code.
 */
public final class NewGrants {
  private final Redemptions redemptions;
  private final GrantAnswers answers;

  NewGrants(Redemptions redemptions, GrantAnswers answers) {
    this.redemptions = redemptions;
    this.answers = answers;
  }

  /**
   * Begins one, unless the tenant is closed.
   *
   * @param statement decides whether there is one, as the owner of the database connection that it
   *     is of; its columns are those of `oauth.redeem_code`. It runs for the purpose `oauth`, in
   *     one transaction with the record
   */
  public TokenAnswer begin(
      TokenRequest request,
      AuthenticatedClient client,
      TenantId tenant,
      Function<NewGrant, JdbcClient.StatementSpec> statement) {
    return answers.of(
        request,
        client,
        redemptions.begin(Redemptions.Asking.of(request, client), tenant, statement));
  }
}
