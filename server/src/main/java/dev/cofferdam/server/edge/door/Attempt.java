package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.edge.door.Outcomes.Kept;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IdempotencyKey;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RefusedException;
import dev.cofferdam.server.surface.Versioned;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request that may be a repeated one. Knows what was asked by a digest over method, path and
 * body: the same key with anything else is a mistake of the client's, and is said to be.
 */
final class Attempt implements Once {
  private final Outcomes outcomes;
  private final JsonMapper json;
  private final Outcomes.Owner owner;
  private final String asked;
  private final @Nullable IdempotencyKey key;
  private byte[] digest = {};

  /** The second of two at once: undoes its transaction on its way to {@link #pass}. */
  private static final class RepeatedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    RepeatedException() {
      super("an earlier request was kept", null, false, false);
    }
  }

  /**
   * @param asked method and path with query
   * @param key null when the client sent none: then nothing is kept
   */
  Attempt(
      Outcomes outcomes,
      JsonMapper json,
      Outcomes.Owner owner,
      String asked,
      @Nullable IdempotencyKey key) {
    this.outcomes = outcomes;
    this.json = json;
    this.owner = owner;
    this.asked = asked;
    this.key = key;
  }

  /** What the earlier request came to, or else what the handler does. */
  @Nullable Object pass(@Nullable Object body, Callable<@Nullable Object> handler)
      throws Exception {
    if (key == null) {
      return handler.call();
    }
    digest = digest(asked + "\n" + (body == null ? "" : json.writeValueAsString(body)));
    Optional<Kept> earlier = outcomes.find(owner, key.value());
    if (earlier.isPresent()) {
      return again(earlier.get());
    }
    try {
      return handler.call();
    } catch (RefusedException refused) {
      // What is in the way may be what the first of two at once has made.
      Optional<Kept> meanwhile = outcomes.find(owner, key.value());
      if (meanwhile.isEmpty()) {
        throw refused;
      }
      return again(meanwhile.get());
    } catch (RepeatedException second) {
      return again(
          outcomes
              .find(owner, key.value())
              .orElseThrow(() -> Refusal.of(ProblemCode.REQUEST_IN_PROGRESS).thrown()));
    }
  }

  @Override
  public <T> Recorded<T> keep(Recorded<T> answer) {
    if (key == null) {
      return answer;
    }
    Object body =
        answer.body() instanceof Versioned<?> versioned ? versioned.body() : answer.body();
    String tag =
        answer.body() instanceof Versioned<?> versioned ? versioned.version().value() : null;
    Kept kept =
        new Kept(digest, answer.record(), answer.elsewhere(), tag, json.writeValueAsString(body));
    if (!outcomes.keep(owner, key.value(), kept)) {
      throw new RepeatedException();
    }
    return answer;
  }

  private Recorded<?> again(Kept kept) {
    if (!MessageDigest.isEqual(digest, kept.digest())) {
      throw Refusal.of(ProblemCode.IDEMPOTENCY_KEY_REUSED).thrown();
    }
    Object body = json.readTree(kept.answer());
    String tag = kept.tag();
    return new Recorded<>(
        kept.record(), kept.elsewhere(), tag == null ? body : new Versioned<>(new ETag(tag), body));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
