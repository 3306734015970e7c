package dev.cofferdam.review.signoff;

import java.util.List;
import java.util.Map;

/**
 * A threat, and how it came out.
 *
 * @param family the title of its family
 * @param seam the module, and then classes, where it is met
 * @param active halves that attacks cover
 * @param deferred halves that no attack covers yet, with the reason
 * @param notApplicable halves that the platform does not have, with the reason
 * @param layers what stops it, by identifier
 * @param attackers what those who attacked it held
 * @param mutants how many there are
 * @param seen how many of them were seen in this run
 */
public record ThreatRow(
    String id,
    String family,
    String threat,
    String control,
    List<String> seam,
    Shown shown,
    List<String> active,
    Map<String, String> deferred,
    Map<String, String> notApplicable,
    List<String> references,
    List<String> layers,
    List<String> attackers,
    int mutants,
    int seen,
    Rating rating) {
  public ThreatRow {
    seam = List.copyOf(seam);
    active = List.copyOf(active);
    deferred = Sorted.copy(deferred);
    notApplicable = Sorted.copy(notApplicable);
    references = List.copyOf(references);
    layers = List.copyOf(layers);
    attackers = List.copyOf(attackers);
  }
}
