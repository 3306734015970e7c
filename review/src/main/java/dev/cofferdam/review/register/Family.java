package dev.cofferdam.review.register;

import java.util.List;

/**
 * The threats of one file.
 *
 * @param code the three letters its threats begin with
 */
public record Family(String code, String title, List<Threat> threats) {
  public Family {
    threats = List.copyOf(threats);
    for (Threat threat : threats) {
      if (!threat.id().startsWith(code + "-")) {
        throw new RegisterRefusedException(
            "threat " + threat.id() + " stands in the file of family " + code);
      }
    }
  }
}
