package dev.cofferdam.server.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cofferdam version}: what runs, for a report of a defect. */
@Command(name = "version")
final class VersionCommand implements Callable<Integer> {

  /** The version that the build wrote into the archive; outside of an archive there is none. */
  static String ofServer() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  @Override
  public Integer call() {
    System.out.printf(
        "Cofferdam %s%nJava %s (%s)%n%s %s%n",
        ofServer(),
        System.getProperty("java.version"),
        System.getProperty("java.home"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
    return Main.DONE;
  }
}
