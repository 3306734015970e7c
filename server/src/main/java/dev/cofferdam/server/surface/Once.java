package dev.cofferdam.server.surface;

/**
 * Lets a change happen once for each {@link IdempotencyKey}. A handler that creates something takes
 * one as parameter and hands it to its service, which keeps what it came to <em>inside its
 * transaction</em>. The edge answers a repeated request with what was kept, and the handler never
 * sees it.
 *
 * <p>Does nothing when the client sent no key.
 */
public interface Once {

  /**
   * Keeps the answer, in the transaction that the calling thread is in. Of two requests at once the
   * second waits here until the first has ended, and then does not return: what it throws rolls its
   * transaction back, and the edge turns it into the first one's answer.
   *
   * @param answer what the handler will return, rendered as JSON when it is asked for again
   * @return {@code answer}
   */
  <T> Recorded<T> keep(Recorded<T> answer);

  /** For whoever has no key to send, such as a form: keeps nothing. */
  static Once unkeyed() {
    return new Once() {
      @Override
      public <T> Recorded<T> keep(Recorded<T> answer) {
        return answer;
      }
    };
  }
}
