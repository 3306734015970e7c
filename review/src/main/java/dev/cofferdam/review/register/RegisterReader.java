package dev.cofferdam.review.register;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the files of the register into checked values. */
final class RegisterReader {
  private RegisterReader() {}

  static Register ofResources() {
    List<Family> families =
        resource("families")
            .lines()
            .map(code -> family(code + ".yaml", resource(code + ".yaml")))
            .toList();
    return new Register(families, layers("layers.yaml", resource("layers.yaml")));
  }

  static RouteProbes probesOfResource() {
    String file = "probes.yaml";
    return Fields.read(
        file,
        parsed(file, resource(file)),
        fields ->
            new RouteProbes(
                fields.named("things"),
                fields.named("words"),
                fields.texts("left_out"),
                new HashSet<>(fields.texts("known")),
                new HashSet<>(fields.texts("looks")),
                fields.list(
                    "withheld",
                    (where, item) ->
                        Fields.read(
                            where,
                            item,
                            one ->
                                new RouteProbes.Withheld(
                                    new HashSet<>(one.texts("routes")),
                                    new HashSet<>(one.texts("from"))))),
                fields.list(
                    "last",
                    (where, item) ->
                        Fields.read(
                            where,
                            item,
                            one ->
                                new RouteProbes.Last(
                                    one.text("route"), RouteProbes.By.of(one.text("by"))))),
                fields.named("elsewhere"),
                fields.named("unmet")));
  }

  static Acceptances acceptances(String file, String yaml) {
    return Fields.read(
        file,
        parsed(file, yaml),
        fields ->
            new Acceptances(
                fields.list(
                    "acceptances",
                    (where, item) -> Fields.read(where, item, RegisterReader::acceptance))));
  }

  /** Every file of the register, by name, as it is reviewed. */
  static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : List.of("families", "layers.yaml", "probes.yaml")) {
      files.put(name, resource(name));
    }
    resource("families")
        .lines()
        .forEach(code -> files.put(code + ".yaml", resource(code + ".yaml")));
    return files;
  }

  static Family family(String file, String yaml) {
    return Fields.read(
        file,
        parsed(file, yaml),
        fields ->
            new Family(
                fields.text("family"),
                fields.text("title"),
                fields.list(
                    "threats", (where, item) -> Fields.read(where, item, RegisterReader::threat))));
  }

  static Map<String, Layer> layers(String file, String yaml) {
    List<Layer> read =
        Fields.read(
            file,
            parsed(file, yaml),
            fields ->
                fields.list(
                    "layers", (where, item) -> Fields.read(where, item, RegisterReader::layer)));
    Map<String, Layer> byId = new LinkedHashMap<>();
    for (Layer layer : read) {
      if (byId.put(layer.id(), layer) != null) {
        throw new RegisterRefusedException(
            file + ": the layer `" + layer.id() + "` is there twice");
      }
    }
    return byId;
  }

  private static Threat threat(Fields fields) {
    return new Threat(
        fields.text("id"),
        fields.texts("source"),
        fields.text("threat"),
        fields.text("control"),
        fields.nested("seam", RegisterReader::seam),
        fields.nested("posture", RegisterReader::posture),
        fields.texts("references"),
        fields.texts("layers"),
        fields.list("mutants", (where, item) -> Fields.read(where, item, RegisterReader::mutant)));
  }

  private static Acceptance acceptance(Fields fields) {
    return new Acceptance(
        fields.text("subject"),
        fields.text("reason"),
        fields.text("owner"),
        fields.day("since"),
        fields.day("expires"));
  }

  private static Seam seam(Fields fields) {
    return new Seam(
        fields.text("module"), fields.has("classes") ? fields.texts("classes") : List.of());
  }

  private static Posture posture(Fields fields) {
    Set<Half> active = new HashSet<>();
    if (fields.has("active")) {
      fields.texts("active").forEach(word -> active.add(Half.of(word)));
    }
    return new Posture(
        active, reasons(fields.named("deferred")), reasons(fields.named("not_applicable")));
  }

  private static Map<Half, String> reasons(Map<String, String> named) {
    Map<Half, String> reasons = new EnumMap<>(Half.class);
    named.forEach((word, reason) -> reasons.put(Half.of(word), reason));
    return reasons;
  }

  private static Mutant mutant(Fields fields) {
    return new Mutant(fields.text("attack"), fields.texts("layers"));
  }

  private static Layer layer(Fields fields) {
    return new Layer(
        fields.text("id"),
        fields.text("what"),
        fields.nested("seam", RegisterReader::seam),
        fields.nested("out", RegisterReader::takenOut));
  }

  private static Layer.TakenOut takenOut(Fields fields) {
    if (fields.has("sql")) {
      return new Layer.InDatabase(
          fields.text("sql"), fields.has("back") ? fields.text("back") : "");
    }
    return fields.has("verifier")
        ? new Layer.InVerifier(fields.text("verifier"))
        : new Layer.InProcess(fields.text("agent"));
  }

  static @Nullable Object parsed(String file, String yaml) {
    try {
      return new Load(LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(false).build())
          .loadFromString(yaml);
    } catch (YamlEngineException broken) {
      throw new RegisterRefusedException(file + " is no YAML: " + broken.getMessage(), broken);
    }
  }

  private static String resource(String name) {
    try (InputStream in = RegisterReader.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new RegisterRefusedException("the file " + name + " of the register is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
