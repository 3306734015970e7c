package dev.cofferdam.server.tenancy.driver;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Two tenants to bind code to, with capabilities by a key that the test database knows. */
final class Bound implements BindingSource {
  static final String ONE = "t_00000000000000000000000000000001";
  static final String TWO = "t_00000000000000000000000000000002";

  /** The key of epoch 1 in every test database. */
  static final byte[] KEY = "thirty-two bytes of a test's key".getBytes(StandardCharsets.US_ASCII);

  private static final long SECONDS_TO_2000 = 946_684_800;

  private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();
  private static final ScopedValue<Long> EXPIRY = ScopedValue.newInstance();

  static <T, X extends Throwable> T as(String scope, ScopedValue.CallableOp<T, X> code) throws X {
    return ScopedValue.where(CURRENT, scope).call(code);
  }

  /** Runs {@code code} with a capability that ran out long ago. */
  static <T, X extends Throwable> T expiredAs(String scope, ScopedValue.CallableOp<T, X> code)
      throws X {
    return ScopedValue.where(CURRENT, scope).where(EXPIRY, 1_000_000_000L).call(code);
  }

  @Override
  public @Nullable String scope() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  @Override
  public byte[] capability(String scope) {
    long expiry =
        EXPIRY.isBound() ? EXPIRY.get() : System.currentTimeMillis() / 1000 + 60; // wall clock
    ByteBuffer claim =
        ByteBuffer.allocate(12 + scope.length())
            .putInt(1)
            .putLong((expiry - SECONDS_TO_2000) * 1_000_000)
            .put(scope.getBytes(StandardCharsets.US_ASCII));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      byte[] proof = mac.doFinal(claim.array());
      return ByteBuffer.allocate(proof.length + claim.capacity())
          .put(proof)
          .put(claim.array())
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
