package dev.cofferdam.server.limits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/** Opens pooled connections to the shared store. */
final class StoreConnection {
  /** A store that answers later than this is worse than none: a request waits for it. */
  static final Duration PATIENCE = Duration.ofMillis(200);

  private static final int CONNECTIONS = 16;

  private StoreConnection() {}

  /** Connects at first use: a store that is away does not hold up the start. */
  static RedisClient open(
      StoreAddress address, @Nullable String user, @Nullable Path passwordFile) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .timeoutMillis((int) PATIENCE.toMillis())
            .clientName("cofferdam-limits");
    if (user != null) {
      config.user(user);
    }
    if (passwordFile != null) {
      config.password(password(passwordFile));
    }
    if (address.trustedRoots() != null) {
      SSLParameters parameters = new SSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      config
          .ssl(true)
          .sslSocketFactory(trusting(address.trustedRoots()).getSocketFactory())
          .sslParameters(parameters);
    }
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(PATIENCE);
    return RedisClient.builder()
        .hostAndPort(new HostAndPort(address.host(), address.port()))
        .clientConfig(config.build())
        .poolConfig(pool)
        .build();
  }

  private static String password(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the file `%s` of cofferdam.limits.store-password-file cannot be read. Check the path and its rights."
              .formatted(file),
          e);
    }
  }

  private static SSLContext trusting(Path roots) {
    try (InputStream in = Files.newInputStream(roots)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("root " + number++, root);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the file `%s` of cofferdam.limits.store-trusted-roots cannot be read as PEM certificates."
              .formatted(roots),
          e);
    }
  }
}
