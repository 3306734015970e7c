package dev.cofferdam.review.attack;

/** How an attack ended. */
public sealed interface Verdict {
  /** What was seen, in a line that a reviewer can judge. Never empty. */
  String evidence();

  /** The attacker met what it must meet. */
  record Refused(String evidence) implements Verdict {
    public Refused {
      requireEvidence(evidence);
    }
  }

  /** The attacker got what it came for: the evidence is what it got. */
  record Succeeded(String evidence) implements Verdict {
    public Succeeded {
      requireEvidence(evidence);
    }
  }

  /** The attack says nothing: it could not be carried out, or nothing works any more. */
  record Inconclusive(String evidence) implements Verdict {
    public Inconclusive {
      requireEvidence(evidence);
    }
  }

  private static void requireEvidence(String evidence) {
    if (evidence.isBlank()) {
      throw new IllegalArgumentException("a verdict rests on evidence");
    }
  }
}
