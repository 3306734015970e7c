package dev.cofferdam.review.web;

/** An attack needs somebody whom there is nobody to play for. */
public final class NobodyThereException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * @param who in words
   */
  public NobodyThereException(String who) {
    super("there is nobody to play the " + who);
  }
}
