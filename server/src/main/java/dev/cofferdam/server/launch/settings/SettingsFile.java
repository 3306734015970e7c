package dev.cofferdam.server.launch.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** One file of settings, in YAML, with every name checked. */
final class SettingsFile {
  private final Path path;

  SettingsFile(Path path) {
    this.path = path;
  }

  /** What stands in it, remembering the lines. */
  EnumerablePropertySource<?> read(SettingsCheck check) {
    if (!Files.isReadable(path) || !Files.isRegularFile(path)) {
      throw new SettingsRefusedException(
          "The settings file `" + path + "` cannot be read: correct --config.");
    }
    EnumerablePropertySource<?> source = load();
    for (String name : source.getPropertyNames()) {
      check.check(name, where(source, name));
    }
    return source;
  }

  private EnumerablePropertySource<?> load() {
    List<PropertySource<?>> documents;
    try {
      documents =
          new YamlPropertySourceLoader().load(path.toString(), new FileSystemResource(path));
    } catch (MarkedYAMLException e) {
      // Not the message itself: it quotes the line, which may hold a secret.
      throw new SettingsRefusedException(
          "`%s` is not YAML: look at line %d."
              .formatted(path, e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1));
    } catch (YAMLException | IllegalStateException | IOException e) {
      throw new SettingsRefusedException("`" + path + "` is not YAML with settings in it.");
    }
    if (documents.isEmpty()) {
      return new MapPropertySource(path.toString(), java.util.Map.of());
    }
    if (documents.size() > 1 || !(documents.getFirst() instanceof EnumerablePropertySource<?>)) {
      throw new SettingsRefusedException(
          "`" + path + "` holds several documents: leave one, without `---` between.");
    }
    return (EnumerablePropertySource<?>) documents.getFirst();
  }

  private String where(PropertySource<?> source, String name) {
    Origin origin = OriginLookup.getOrigin(source, name);
    return origin instanceof TextResourceOrigin text && text.getLocation() != null
        ? path.getFileName() + ", line " + (text.getLocation().getLine() + 1)
        : String.valueOf(path.getFileName());
  }
}
