package dev.cofferdam.server.limits;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the limits.
 *
 * @param overrides quotas other than the built-in ones, such as {@code read.principal: 600 per 1m
 *     burst 100}; all are in docs/operations/limits.md
 * @param store where several servers share their counts: {@code redis://127.0.0.1:6379}, or {@code
 *     rediss://host:6379} off this machine (Redis or Valkey); in each server's own memory when
 *     absent
 * @param storeUser the user at the store; its default user when absent
 * @param storePasswordFile a file with the password of the store
 * @param storeTrustedRoots a PEM file of the authorities that vouch for the store's host, for
 *     {@code rediss}
 * @param shareWithoutStore what part of each quota holds on each server while the store cannot be
 *     reached, 0.01 to 1
 */
@ConfigurationProperties("cofferdam.limits")
public record LimitsSettings(
    @DefaultValue Map<String, String> overrides,
    @Nullable String store,
    @Nullable String storeUser,
    @Nullable Path storePasswordFile,
    @Nullable Path storeTrustedRoots,
    @DefaultValue("0.25") double shareWithoutStore) {
  public LimitsSettings {
    overrides = Map.copyOf(overrides);
    if (!(shareWithoutStore >= 0.01 && shareWithoutStore <= 1)) {
      throw new IllegalArgumentException(
          "cofferdam.limits.share-without-store must be between 0.01 and 1, not `"
              + shareWithoutStore
              + "`: without the store limits get narrower, and are never off");
    }
    if (store == null
        && (storeUser != null || storePasswordFile != null || storeTrustedRoots != null)) {
      throw new IllegalArgumentException(
          "cofferdam.limits.store is not set, but something that goes with it is: set it, or remove"
              + " store-user, store-password-file and store-trusted-roots");
    }
    if (store != null) {
      StoreAddress.of(store, storeTrustedRoots);
    }
  }
}
