package dev.cofferdam.server.secrets;

import dev.cofferdam.server.egress.Origin;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.secret-store.*}: an OpenBao or Vault in which values of secrets may
 * lie. It has to be named in {@code cofferdam.egress.allowed} unless it is public, and to have a
 * certificate that {@code cofferdam.egress.trusted-roots} vouches for.
 *
 * @param address such as {@code https://bao.internal:8200}; there is no such store without one
 * @param mount of its key-value engine, version 2
 * @param prefix of all tenants: a tenant has what lies below it and the tenant's id
 * @param tokenFile a file with a token, read at each request, so that an agent may renew it
 * @param roleId of an AppRole, instead of a token
 * @param secretIdFile a file with the secret id of that AppRole, read at each login
 * @param loginMount where AppRoles log in
 */
@ConfigurationProperties("cofferdam.secret-store")
public record SecretStoreSettings(
    @Nullable URI address,
    @DefaultValue("secret") String mount,
    @DefaultValue("cofferdam") String prefix,
    @Nullable Path tokenFile,
    @Nullable String roleId,
    @Nullable Path secretIdFile,
    @DefaultValue("approle") String loginMount) {

  public SecretStoreSettings {
    requirePath("mount", mount);
    requirePath("prefix", prefix);
    requirePath("login-mount", loginMount);
    if (address != null) {
      Origin.required("cofferdam.secret-store.address", address);
      requireOneWay(tokenFile, roleId, secretIdFile);
    }
  }

  private static void requirePath(String name, String value) {
    if (!Reference.isPath(value)) {
      throw new IllegalArgumentException(
          "cofferdam.secret-store.%s is `%s`: it is names of letters, digits, `_`, `.` and `-` between slashes"
              .formatted(name, value));
    }
  }

  private static void requireOneWay(
      @Nullable Path tokenFile, @Nullable String roleId, @Nullable Path secretIdFile) {
    boolean appRole = roleId != null && secretIdFile != null;
    if ((roleId == null) != (secretIdFile == null) || appRole == (tokenFile != null)) {
      throw new IllegalArgumentException(
          "cofferdam.secret-store.address is set: name either `token-file`, or both `role-id` and `secret-id-file`, beside it");
    }
  }
}
