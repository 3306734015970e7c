package dev.cofferdam.server.browser;

import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/**
 * What a person sees and does in one tab. Things are found by the words that they are called by.
 */
final class Tab {
  private final ChromeDriver driver;
  private final RunningServer server;
  private final List<String> complaints = new ArrayList<>();

  Tab(ChromeDriver driver, RunningServer server) {
    this.driver = driver;
    this.server = server;
  }

  void forgetEverything() {
    driver.get("about:blank");
    command("Network.clearBrowserCookies", Map.of());
    scripts(true);
    screen(1280, 800);
    scheme("light");
    complaints();
    complaints.clear();
  }

  private Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  /** Whether pages may run scripts; the tests may in either case. */
  void scripts(boolean on) {
    command("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
  }

  /** As large as this, in CSS pixels; one that narrow is a phone's. */
  void screen(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** {@code light} or {@code dark}; nothing moves, so that a page is at once what it will be. */
  void scheme(String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /**
   * Has the browser run a script in every page from now on, before the page's own. What is large is
   * handed over once then, and not for each page.
   *
   * @return ends that
   */
  Runnable inEveryPage(String script) {
    Object identifier =
        command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
            .get("identifier");
    return () ->
        command(
            "Page.removeScriptToEvaluateOnNewDocument",
            Map.of("identifier", Objects.requireNonNull(identifier)));
  }

  void open(String path) {
    driver.get(server.uri(path).toString());
    listen();
  }

  /** Opens it again and again until it shows the words, as what somebody else did becomes known. */
  void openUntil(String path, String words) {
    Soon.holds(
        () -> {
          open(path);
          return text().contains(words);
        });
  }

  void openElsewhere(String address) {
    driver.get(address);
    listen();
  }

  /** Opens one more tab of this profile, and leaves the first as it is. */
  String another(String path) {
    String first = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.TAB);
    open(path);
    return first;
  }

  /** Closes this tab, and goes back to the one that was there before. */
  void back(String first) {
    driver.close();
    driver.switchTo().window(first);
  }

  /** Where this is, with query and fragment. */
  String path() {
    URI at = URI.create(driver.getCurrentUrl());
    return at.getRawPath()
        + (at.getRawQuery() == null ? "" : "?" + at.getRawQuery())
        + (at.getRawFragment() == null ? "" : "#" + at.getRawFragment());
  }

  String title() {
    return driver.getTitle();
  }

  String heading() {
    return driver.findElement(By.tagName("h1")).getText();
  }

  /** What of the page can be seen. */
  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  boolean has(String name) {
    return !driver.findElements(named(name)).isEmpty();
  }

  /** Presses the button, or follows the link, of this name. */
  void press(String name) {
    click(driver.findElement(named(name)));
  }

  void click(By by) {
    click(driver.findElement(by));
  }

  private void click(WebElement element) {
    if (element.getTagName().equals("summary")) {
      element.click();
      listen();
    } else {
      arriving(element::click);
    }
  }

  /** Does what leads to another page, and waits until that has taken the place of this one. */
  private void arriving(Runnable step) {
    WebElement page = driver.findElement(By.tagName("html"));
    step.run();
    try {
      Soon.holds(() -> !isThere(page));
    } catch (AssertionError never) {
      throw new AssertionError("no other page came, but this stayed: " + text(), never);
    }
    listen();
  }

  private static boolean isThere(WebElement page) {
    try {
      return page.isEnabled();
    } catch (WebDriverException gone) {
      // In the moment of its going, the browser says so in more ways than one.
      return false;
    }
  }

  private static By named(String name) {
    String quoted = "'" + name + "'";
    return By.xpath(
        "//*[self::a or self::button or self::summary]"
            + ("[@aria-label=" + quoted + " or normalize-space()=" + quoted + "]"));
  }

  /** Types into the field with this label, in the place of what is there. */
  void fill(String label, String text) {
    WebElement field = field(label);
    field.clear();
    field.sendKeys(text);
  }

  WebElement field(String label) {
    WebElement found =
        driver.findElement(By.xpath("//label[starts-with(normalize-space(),'" + label + "')]"));
    return driver.findElement(By.id(String.valueOf(found.getDomAttribute("for"))));
  }

  void choose(String label, String option) {
    choose(field(label), option);
  }

  void choose(WebElement select, String option) {
    select.findElement(By.xpath(".//option[normalize-space()='" + option + "']")).click();
  }

  /** Signs in at the development IdP, whose page this is, by one click. */
  void signInAs(String person) {
    click(By.cssSelector("button[name=person][value='" + person + "']"));
  }

  void keys(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
    listen();
  }

  /** Presses keys of which the last leads to another page. */
  void go(CharSequence... keys) {
    arriving(() -> driver.switchTo().activeElement().sendKeys(keys));
  }

  List<WebElement> all(By by) {
    return driver.findElements(by);
  }

  Set<Cookie> cookies() {
    return driver.manage().getCookies();
  }

  @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  @Nullable Object runUntilCalled(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  /** What a screen reader is told of this page. */
  Told told() {
    return Told.of(command("Accessibility.getFullAXTree", Map.of()));
  }

  private void listen() {
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      // Browsers ask each site for one; the development IdP has none.
      if (!entry.getMessage().contains("/favicon.ico")) {
        complaints.add(entry.getLevel() + " " + entry.getMessage());
      }
    }
  }

  /**
   * What the browser complained of since this tab is used: errors of scripts, what the content
   * security policy refused, what could not be loaded. An answer that is a problem is one too.
   */
  List<String> complaints() {
    listen();
    return complaints;
  }
}
