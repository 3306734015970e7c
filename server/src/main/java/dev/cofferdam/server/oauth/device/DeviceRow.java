package dev.cofferdam.server.oauth.device;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.authorization.SignInDemand;
import dev.cofferdam.server.oauth.client.Application;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.TokenScope;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What stands behind a code, before it is known whether its client is still there. */
record DeviceRow(
    DeviceId id,
    ClientId client,
    boolean proven,
    Set<TokenScope> scopes,
    SignInDemand demand,
    Optional<TokenWish> token,
    InetAddress from,
    Instant at) {
  DeviceRow {
    scopes = Set.copyOf(scopes);
  }

  static DeviceRow of(ResultSet row) throws SQLException {
    EnumSet<TokenScope> known = EnumSet.noneOf(TokenScope.class);
    // A scope that this server does not know allows nothing.
    for (String text : List.of((String[]) row.getArray("scopes").getArray())) {
      TokenScope.of(text).ifPresent(known::add);
    }
    return new DeviceRow(
        new DeviceId(row.getObject("device_id", UUID.class)),
        new ClientId(row.getString("client_id")),
        row.getBoolean("proven"),
        known,
        demand(row),
        token(row, known),
        InetAddress.ofLiteral(row.getString("asked_from")),
        row.getObject("asked_at", OffsetDateTime.class).toInstant());
  }

  private static SignInDemand demand(ResultSet row) throws SQLException {
    return new SignInDemand(
        Stored.of(AcrClass.class, row.getString("least_acr")),
        Optional.ofNullable(row.getObject("max_age", Integer.class)).map(Duration::ofSeconds));
  }

  private static Optional<TokenWish> token(ResultSet row, Set<TokenScope> scopes)
      throws SQLException {
    @Nullable String label = row.getString("label");
    return label == null
        ? Optional.empty()
        : Optional.of(new TokenWish(label, scopes, Duration.ofDays(row.getInt("days"))));
  }

  DeviceRequests.Waiting by(Application known) {
    return new DeviceRequests.Waiting(id, known, proven, scopes, demand, token, from, at);
  }
}
