package dev.cofferdam.review.laboratory;

/** The laboratory could not be set up: says why, in a sentence for whoever runs the review. */
public final class LaboratoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LaboratoryException(String message) {
    super(message);
  }

  LaboratoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
