package dev.cofferdam.server.oauth.device;

import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.client.Application;
import dev.cofferdam.server.surface.TokenScope;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What stands behind a code, before it is known whether its client is still there. */
record DeviceRow(
    DeviceId id,
    ClientId client,
    boolean proven,
    Set<TokenScope> scopes,
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
        InetAddress.ofLiteral(row.getString("asked_from")),
        row.getObject("asked_at", OffsetDateTime.class).toInstant());
  }

  DeviceRequests.Waiting by(Application known) {
    return new DeviceRequests.Waiting(id, known, proven, scopes, from, at);
  }
}
