package dev.cofferdam.review.register;

import java.util.List;

/**
 * One row of the threat model.
 *
 * @param id three letters of the family and two digits
 * @param source the systems whose review found it, in brackets when it was found beside the review
 * @param threat what the attacker does
 * @param control what the attacker must meet
 * @param references CWE, OWASP API Security Top 10 (2023) and ASVS 5.0
 * @param layers identifiers of the layers that meet it
 */
public record Threat(
    String id,
    List<String> source,
    String threat,
    String control,
    Seam seam,
    Posture posture,
    List<String> references,
    List<String> layers,
    List<Mutant> mutants) {

  public Threat {
    source = List.copyOf(source);
    references = List.copyOf(references);
    layers = List.copyOf(layers);
    mutants = List.copyOf(mutants);
    if (!id.matches("[A-Z]{3}-[0-9]{2}")) {
      throw new RegisterRefusedException("`" + id + "` is no identifier of a threat, like ISO-01");
    }
    for (String system : source) {
      if (!system.matches("lif|mr|ipa|plex|ev|\\((lif|mr|ipa|plex|ev)\\)")) {
        throw new RegisterRefusedException(
            "threat " + id + " has an unknown source `" + system + "`");
      }
    }
    for (String reference : references) {
      if (!reference.matches(
          "CWE-[0-9]{1,4}|API(10|[1-9]):2023|ASVS-[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{1,2}")) {
        throw new RegisterRefusedException(
            "threat " + id + " refers to `" + reference + "`: use CWE-n, APIn:2023 or ASVS-n.n.n");
      }
    }
    boolean attacked = !posture.active().isEmpty();
    if (attacked && (layers.isEmpty() || mutants.isEmpty())) {
      throw new RegisterRefusedException(
          "threat " + id + " is active: it needs a layer and a mutant that takes it out");
    }
    if (!attacked && !mutants.isEmpty()) {
      throw new RegisterRefusedException(
          "threat " + id + " has mutants, yet no half of it is active");
    }
    for (Mutant mutant : mutants) {
      for (String layer : mutant.layers()) {
        if (!layers.contains(layer)) {
          throw new RegisterRefusedException(
              "the mutant of `"
                  + mutant.attack()
                  + "` takes out `"
                  + layer
                  + "`, which threat "
                  + id
                  + " does not have");
        }
      }
    }
  }
}
