package dev.cofferdam.server.identity;

import dev.cofferdam.server.mail.EmailAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.sign-up.*}: who may found tenants.
 *
 * @param verifiedAddress whether a founder's identity provider must vouch for an e-mail address;
 *     only to be switched off for a provider that vouches for none
 * @param allowedDomains the domains whose addresses found tenants, with what is below them; any but
 *     the blocked ones when empty
 * @param blockedDomains domains whose addresses found none, with what is below them, beside those
 *     that the server ships as known for throw-away addresses
 * @param blockedDomainsFile a file of more of them, one a line, read at the start
 * @param tenantsPerPerson how many tenants one person may own when they found another, 1 to 1000
 */
@ConfigurationProperties("cofferdam.sign-up")
public record SignUpSettings(
    @DefaultValue("true") boolean verifiedAddress,
    @DefaultValue List<String> allowedDomains,
    @DefaultValue List<String> blockedDomains,
    @Nullable Path blockedDomainsFile,
    @DefaultValue("10") int tenantsPerPerson) {
  private static final int MOST_TENANTS = 1000;

  public SignUpSettings {
    allowedDomains = domains("allowed-domains", allowedDomains);
    blockedDomains = domains("blocked-domains", blockedDomains);
    if (!allowedDomains.isEmpty() && !verifiedAddress) {
      throw new IllegalArgumentException(
          "cofferdam.sign-up.allowed-domains says nothing while verified-address is off: leave one"
              + " of them out");
    }
    if (tenantsPerPerson < 1 || tenantsPerPerson > MOST_TENANTS) {
      throw new IllegalArgumentException(
          "`cofferdam.sign-up.tenants-per-person` is `%d`: it is 1 to %d."
              .formatted(tenantsPerPerson, MOST_TENANTS));
    }
    if (blockedDomainsFile != null) {
      domains("blocked-domains-file", lines(blockedDomainsFile));
    }
  }

  /** What the file names. */
  List<String> fromFile() {
    return blockedDomainsFile == null
        ? List.of()
        : domains("blocked-domains-file", lines(blockedDomainsFile));
  }

  private static List<String> lines(Path file) {
    try {
      return named(Files.readAllLines(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cofferdam.sign-up.blocked-domains-file names `" + file + "`, which cannot be read", e);
    }
  }

  /** Without blank lines and comments. */
  static List<String> named(List<String> lines) {
    return lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static List<String> domains(String setting, List<String> written) {
    return written.stream()
        .map(
            domain ->
                EmailAddress.domain(domain)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "cofferdam.sign-up."
                                    + setting
                                    + " has `"
                                    + domain
                                    + "`: name a domain such as `example.com`")))
        .toList();
  }
}
