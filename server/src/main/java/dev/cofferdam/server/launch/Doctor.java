package dev.cofferdam.server.launch;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.server.edge.tls.CertificateExamination;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.keyring.RootKeySource;
import dev.cofferdam.server.postgres.Examination;
import dev.cofferdam.server.tenancy.database.DatabaseSettings;
import dev.cofferdam.server.tenancy.database.OwnerAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.boot.context.properties.bind.Binder;

/** Looks at everything that a start with these settings needs, and changes none of it. */
final class Doctor {
  /** A new embedded PostgreSQL takes about 100 MB; this leaves room to work. */
  private static final long ENOUGH_BYTES = 512L << 20;

  private final StartSettings settings;

  Doctor(StartSettings settings) {
    this.settings = settings;
  }

  /** What was found, by the name of the thing, in the order of a start. */
  Map<String, Finding> findings() {
    Map<String, Finding> findings = new LinkedHashMap<>();
    findings.put(
        "java",
        new Finding.Fine(
            System.getProperty("java.version") + ", " + System.getProperty("java.home")));
    findings.put("libraries", look(Doctor::libraries));
    findings.put("cryptography", new Finding.Fine(cryptography()));
    findings.put("data", look(() -> "`" + settings.data() + "`, " + examination().data()));
    findings.put("disk", look(this::disk));
    findings.put("root key", look(this::rootKey));
    if (settings.externalDatabase().isPresent()) {
      findings.put("database", look(this::externalDatabase));
    } else {
      findings.put("postgresql", look(() -> examination().executables()));
    }
    findings.put("tls", look(this::certificates));
    findings.put("public port", look(() -> port(settings.http().port(), true)));
    findings.put("management port", look(() -> port(settings.management().port(), false)));
    return findings;
  }

  private Examination examination() {
    return new Examination(settings.embeddedPostgres());
  }

  private static String libraries() throws IOException {
    Libraries known = Libraries.ofServer();
    Optional<Path> folder = Libraries.folder();
    if (folder.isEmpty()) {
      return "not packaged";
    }
    List<String> foreign = known.foreign(folder.get());
    if (!foreign.isEmpty()) {
      throw new StartRefusedException(
          "In `%s` are archives with which this version was not built: %s. Build anew, or fetch the release again."
              .formatted(folder.get(), foreign));
    }
    return "as built, in `" + folder.get() + "`";
  }

  private static String cryptography() {
    String provider = CryptoProvider.best().name();
    return provider.equals("JDK")
        ? "the JDK's: Conscrypt's native library does not load here, so signatures are slower"
        : provider;
  }

  private String disk() throws IOException {
    Path there = settings.data();
    while (!Files.exists(there)) {
      there = there.resolveSibling("").toAbsolutePath().normalize();
    }
    long free = Files.getFileStore(there).getUsableSpace();
    if (free < ENOUGH_BYTES) {
      throw new StartRefusedException(
          "Only %d MB are free for `%s`: free some, or choose another directory with --data."
              .formatted(free >> 20, settings.data()));
    }
    return "%.1f GB free".formatted(free / 1e9);
  }

  private String rootKey() {
    RootKeySource source = settings.rootKey();
    if (settings.externalDatabase().isPresent()) {
      return ExternalRootKey.awaited(settings) ? "will be made at the first start" : id(source);
    }
    boolean made = Files.exists(settings.data().resolve("postgres").resolve("data"));
    if (!source.isThere() && !made) {
      return "will be made at the first start";
    }
    return id(source);
  }

  private static String id(RootKeySource source) {
    try (RootKey key = RootKey.open(source, RootKey.IfAbsent.REFUSE)) {
      return key.id() + ", " + source.described();
    }
  }

  private String externalDatabase() {
    DatabaseSettings database =
        Binder.get(settings.environment()).bind("cofferdam.database", DatabaseSettings.class).get();
    // The key is asked only for a password that no file holds.
    String version =
        OwnerAccess.serverVersion(
            database,
            role -> {
              try (RootKey key = RootKey.open(settings.rootKey(), RootKey.IfAbsent.REFUSE)) {
                return key.rolePassword(role.user()).toCharArray();
              }
            });
    return "PostgreSQL " + version + " at " + database.address();
  }

  private String certificates() {
    return CertificateExamination.of(settings.tls(), settings.edge().hosts(), Instant.now());
  }

  private String port(int port, boolean publicPort) {
    if (port == 0) {
      return "any free one";
    }
    if (publicPort) {
      Server.requireFree(settings.http().address(), port, "--port");
    } else {
      Server.requireFree(settings.management().address(), port, "--management-port");
    }
    return port + " is free";
  }

  private static Finding look(Callable<String> at) {
    try {
      return new Finding.Fine(at.call());
    } catch (Exception failure) {
      return new Finding.Missing(Refusal.sentence(failure).orElseGet(failure::toString));
    }
  }
}
