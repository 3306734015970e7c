package dev.cofferdam.server.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.cofferdam.server.testing.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium without a window, one for all tests of the JVM, and another with a profile of its own
 * for tests in which two people meet. Declare it in a static field, behind the server:
 *
 * <pre>{@code
 * @RegisterExtension @Order(1) static final RunningServer SERVER = RunningServer.shared();
 * @RegisterExtension @Order(2) static final RealBrowser BROWSER = new RealBrowser();
 * }</pre>
 *
 * <p>It takes the machine's own {@code chromium} and {@code chromedriver} and fetches nothing.
 * Where they are missing, the tests are skipped, and say so.
 */
final class RealBrowser implements BeforeAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RealBrowser.class);

  /** Whose profile: cookies and cache are apart. */
  enum Profile {
    ONE,
    OTHER
  }

  /** What runs, until the JVM's last test: each driver ends its chromedriver with it. */
  private record Running(Path driver, Map<Profile, ChromeDriver> tabs) implements AutoCloseable {
    ChromeDriver tab(Profile profile) {
      return tabs.computeIfAbsent(
          profile,
          absent ->
              new ChromeDriver(
                  new ChromeDriverService.Builder()
                      .usingDriverExecutable(driver.toFile())
                      .usingAnyFreePort()
                      .build(),
                  options()));
    }

    @Override
    public void close() {
      tabs.values().forEach(ChromeDriver::quit);
    }
  }

  private @Nullable Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<Path> driver = executable("chromedriver");
    boolean there = driver.isPresent() && executable("chromium").isPresent();
    if (!there) {
      System.err.println(
          "SKIPPED: "
              + context.getDisplayName()
              + " needs a browser, and `chromium` and `chromedriver` are not on the PATH"
              + " (Debian: packages chromium and chromium-driver).");
    }
    assumeTrue(there, "chromium and chromedriver are on the PATH");
    running =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent(
                "running",
                absent -> new Running(driver.orElseThrow(), new EnumMap<>(Profile.class)),
                Running.class);
  }

  private static Optional<Path> executable(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A tab of this profile as if it had never been used, at a desk and with scripts. */
  Tab tab(Profile profile, RunningServer server) {
    Running there = Objects.requireNonNull(running, "declare it as a static @RegisterExtension");
    Tab tab = new Tab(there.tab(profile), server);
    tab.forgetEverything();
    return tab;
  }

  private static ChromeOptions options() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(executable("chromium").orElseThrow().toFile());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--headless=new",
                "--disable-dev-shm-usage",
                "--lang=en",
                // Nobody watches: what draws faster, and what is ready before it is asked for,
                // would only compute.
                "--disable-gpu",
                "--disable-extensions",
                "--disable-component-update",
                "--disable-features=SpareRendererForSitePerProcess"));
    if (new UnixSystem().getUid() == 0) {
      // Its sandbox refuses to be set up by root.
      arguments.add("--no-sandbox");
    }
    options.addArguments(arguments);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    return options;
  }
}
