package dev.cofferdam.server.rotation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.testing.RunningServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A server in a process of its own that says its port, and at the first byte of its standard input
 * begins to rotate the ring {@code data} of all tenants, which it then goes on with until it is
 * killed.
 */
final class RotatingServer {
  /** So that a test asks as much as it likes. */
  static final List<String> SETTINGS =
      List.of(
          "cofferdam.limits.overrides.secret.principal=600000 per 1m burst 60000",
          "cofferdam.limits.overrides.secret.tenant=1200000 per 1m burst 120000",
          "cofferdam.limits.overrides.change.principal=600000 per 1m burst 60000",
          "cofferdam.limits.overrides.change.tenant=1200000 per 1m burst 120000",
          "cofferdam.limits.overrides.all.principal=600000 per 1m burst 60000",
          "cofferdam.limits.overrides.all.tenant=1200000 per 1m burst 120000");

  // The console of the log is another.
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), false, US_ASCII);

  private RotatingServer() {}

  static ConfigurableApplicationContext start(String databaseUrl, Path rootKey) {
    return RunningServer.on(
        databaseUrl,
        RootKey.open(rootKey, RootKey.IfAbsent.REFUSE),
        context ->
            context.registerBean(
                Authenticator.class, Strangers::new, bean -> bean.setPrimary(true)),
        SETTINGS.toArray(String[]::new));
  }

  static int port(ConfigurableApplicationContext context) {
    return Integer.parseInt(
        Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
  }

  /** Arguments: the database's URL, and the root key file. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setOut(System.err);
    ConfigurableApplicationContext context = start(arguments[0], Path.of(arguments[1]));
    OUT.print("ready " + port(context) + "\n");
    OUT.flush();
    if (System.in.read() < 0) {
      return;
    }
    begin(context);
    Thread.currentThread().join();
  }

  private static void begin(ConfigurableApplicationContext context) throws IOException {
    Caller.Operator operator =
        new Caller.Operator(
            new PersonId(UUID.randomUUID()),
            new SessionId(UUID.randomUUID()),
            new SignIn(AcrClass.MULTI_FACTOR, Instant.now()));
    Preview preview = context.getBean(Rings.class).preview(KeyPurpose.DATA, Optional.empty());
    Beginning begun =
        context
            .getBean(KeyRuns.class)
            .begin(
                new Call(
                    new RequestId(UUID.randomUUID()), operator, InetAddress.getLoopbackAddress()),
                operator,
                new KeyRuns.Wish(
                    KeyPurpose.DATA, Optional.empty(), false, new StatedReason("It is time.")),
                new IfMatch(List.of(new ETag(preview.seen()))));
    if (!(begun instanceof Beginning.Begun)) {
      throw new IllegalStateException("no rotation was begun, but " + begun);
    }
  }
}
