package dev.cofferdam.server.identity;

import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.surface.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Who may found a tenant: by the address that their identity provider vouches for. */
final class SignUpGuards {
  private final SignUpSettings settings;
  private final Sessions sessions;
  private final Set<String> blocked = new HashSet<>(shipped());

  SignUpGuards(SignUpSettings settings, Sessions sessions) {
    this.settings = settings;
    this.sessions = sessions;
    blocked.addAll(settings.blockedDomains());
    blocked.addAll(settings.fromFile());
  }

  int tenantsPerPerson() {
    return settings.tenantsPerPerson();
  }

  boolean admit(Caller.Person founder) {
    return switch (sessions.voucher(founder)) {
      // In that tenant, and founds none.
      case Sessions.Voucher.OfTenant(var provider) -> false;
      case Sessions.Voucher.OfPlatform(var address) -> admits(address);
    };
  }

  boolean admits(Optional<EmailAddress> address) {
    if (address.isEmpty()) {
      return !settings.verifiedAddress();
    }
    String domain = address.get().domain();
    boolean allowed =
        settings.allowedDomains().isEmpty()
            || isWithin(domain, Set.copyOf(settings.allowedDomains()));
    return allowed && !isWithin(domain, blocked);
  }

  /** Whether the domain, or one above it, is among these. */
  private static boolean isWithin(String domain, Set<String> domains) {
    for (String rest = domain; ; rest = rest.substring(rest.indexOf('.') + 1)) {
      if (domains.contains(rest)) {
        return true;
      }
      if (rest.indexOf('.') < 0) {
        return false;
      }
    }
  }

  private static List<String> shipped() {
    try (InputStream in =
        Objects.requireNonNull(SignUpGuards.class.getResourceAsStream("blocked-domains"))) {
      return SignUpSettings.named(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
