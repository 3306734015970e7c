package dev.cofferdam.review.register;

/** The register is not one: says which file and field, and what is expected there. */
public final class RegisterRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RegisterRefusedException(String message) {
    super(message);
  }

  RegisterRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
