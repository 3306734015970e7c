package dev.cofferdam.review.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.Security;

/** Starts with the server's JVM, before its main class. */
public final class Agent {
  private Agent() {}

  /**
   * Weaves, and opens the channel.
   *
   * @param folder a folder of ours alone, into which the channel's address and token are written
   */
  public static void premain(String folder, Instrumentation instrumentation) throws IOException {
    // Old TLS is refused by the JDK as well: then it could not be seen whether the server does.
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    new Weaver().weave(instrumentation);
    Channel.open(Path.of(folder), new Commands());
  }
}
