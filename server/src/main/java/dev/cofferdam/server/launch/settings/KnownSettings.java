package dev.cofferdam.server.launch.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every setting that the server has, read from what the build generates from the modules' typed
 * records. So no list of names is kept by hand.
 */
public record KnownSettings(List<Setting> settings) {
  private static final String METADATA = "META-INF/spring-configuration-metadata.json";

  /**
   * One setting.
   *
   * @param name in its written form, such as {@code cofferdam.http.port}
   * @param type the Java type it is read as
   * @param fallback what holds when it is not set, null when nothing does
   */
  public record Setting(String name, String type, String description, @Nullable String fallback) {
    /** The name of the environment variable that sets it. */
    public String variable() {
      return name.replace("-", "").replace('.', '_').toUpperCase(java.util.Locale.ROOT);
    }

    boolean holdsMany() {
      return type.startsWith("java.util.");
    }
  }

  public KnownSettings {
    settings = settings.stream().sorted(Comparator.comparing(Setting::name)).toList();
  }

  /** The settings of the modules in this archive. */
  public static KnownSettings ofServer() {
    // Several archives carry such a file; ours is the one beside this class. Where a class came
    // from
    // is written otherwise after a start that was recorded, so what is found is compared.
    String self = KnownSettings.class.getName().replace('.', '/') + ".class";
    ClassLoader loader = KnownSettings.class.getClassLoader();
    String own = Objects.requireNonNull(loader.getResource(self), self).toString();
    String wanted = own.substring(0, own.length() - self.length()) + METADATA;
    try {
      for (URL url : java.util.Collections.list(loader.getResources(METADATA))) {
        if (url.toString().equals(wanted)) {
          try (InputStream in = url.openStream()) {
            return read(in);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the archive lacks " + METADATA);
  }

  private static KnownSettings read(InputStream metadata) {
    List<Setting> found = new ArrayList<>();
    for (JsonNode property : JsonMapper.shared().readTree(metadata).path("properties")) {
      String name = property.path("name").asString("");
      if (name.startsWith("cofferdam.")) {
        JsonNode fallback = property.path("defaultValue");
        found.add(
            new Setting(
                name,
                property.path("type").asString(""),
                property.path("description").asString(""),
                fallback.isMissingNode() ? null : fallback.asString()));
      }
    }
    return new KnownSettings(found);
  }

  /** Whether a setting of this name, in written form, is read by anything. */
  boolean knows(String name) {
    return settings.stream()
        .anyMatch(
            known ->
                known.name().equals(name)
                    || known.holdsMany()
                        && (name.startsWith(known.name() + ".")
                            || name.startsWith(known.name() + "[")));
  }

  /** Whether an environment variable of this name sets anything. */
  boolean knowsVariable(String variable) {
    return settings.stream()
        .anyMatch(
            known ->
                known.variable().equals(variable)
                    || known.holdsMany() && variable.startsWith(known.variable() + "_"));
  }

  /** The setting whose name is least far from {@code name}, if one is near. */
  Optional<Setting> nearest(String name) {
    return Distance.nearest(name, settings, Setting::name);
  }

  /** The same for an environment variable. */
  Optional<Setting> nearestVariable(String variable) {
    return Distance.nearest(variable, settings, Setting::variable);
  }
}
