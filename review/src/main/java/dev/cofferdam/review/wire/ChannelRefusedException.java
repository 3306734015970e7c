package dev.cofferdam.review.wire;

/** The server threw, in its own process, what the laboratory asked it to do. */
public final class ChannelRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;

  ChannelRefusedException(String type, String message) {
    super(message);
    this.type = type;
  }

  /** The class of what was thrown, by name. */
  public String type() {
    return type;
  }

  /** Class and message, as evidence. */
  public String readable() {
    return type.substring(type.lastIndexOf('.') + 1) + ": " + getMessage();
  }
}
