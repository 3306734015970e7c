package dev.cofferdam.review.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;

/** Starts with the server's JVM, before its main class. */
public final class Agent {
  private Agent() {}

  /**
   * Weaves, and opens the channel.
   *
   * @param folder a folder of ours alone, into which the channel's address and token are written
   */
  public static void premain(String folder, Instrumentation instrumentation) throws IOException {
    new Weaver().weave(instrumentation);
    Channel.open(Path.of(folder), new Commands());
  }
}
