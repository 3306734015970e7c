package dev.cofferdam.review.register;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All families and the layers they share.
 *
 * @param layers by identifier
 */
public record Register(List<Family> families, Map<String, Layer> layers) {

  public Register {
    families = List.copyOf(families);
    layers = Map.copyOf(layers);
    Set<String> ids = new HashSet<>();
    Set<String> used = new HashSet<>();
    for (Threat threat :
        (Iterable<Threat>) families.stream().flatMap(f -> f.threats().stream())::iterator) {
      if (!ids.add(threat.id())) {
        throw new RegisterRefusedException("threat " + threat.id() + " is there twice");
      }
      for (String layer : threat.layers()) {
        if (!layers.containsKey(layer)) {
          throw new RegisterRefusedException(
              "threat " + threat.id() + " names the layer `" + layer + "`, which is not listed");
        }
      }
      used.addAll(threat.layers());
    }
    for (String layer : layers.keySet()) {
      if (!used.contains(layer)) {
        throw new RegisterRefusedException("no threat is met by the layer `" + layer + "`");
      }
    }
  }

  /** The register that this artefact carries. */
  public static Register shipped() {
    return RegisterReader.ofResources();
  }

  /** The files that the shipped register is read from, by name. */
  public static Map<String, String> files() {
    return RegisterReader.files();
  }

  public Stream<Threat> threats() {
    return families.stream().flatMap(family -> family.threats().stream());
  }

  public Optional<Threat> threat(String id) {
    return threats().filter(threat -> threat.id().equals(id)).findFirst();
  }

  /** The layer called {@code id}, which a threat of this register names. */
  public Layer layer(String id) {
    Layer layer = layers.get(id);
    if (layer == null) {
      throw new RegisterRefusedException("there is no layer `" + id + "`");
    }
    return layer;
  }

  /** Every mutant with the threat it belongs to, by attack. */
  public Map<Mutant, Threat> mutants() {
    Map<Mutant, Threat> all = new LinkedHashMap<>();
    threats().forEach(threat -> threat.mutants().forEach(mutant -> all.put(mutant, threat)));
    return all;
  }
}
