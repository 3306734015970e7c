package dev.cofferdam.server.tenancy.driver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Two tenants to bind code to, with capabilities by a key that the test database knows. */
final class Bound implements BindingSource {
  static final String ONE = "t_00000000000000000000000000000001";
  static final String TWO = "t_00000000000000000000000000000002";

  /** The key of epoch 1 in every test database. */
  static final byte[] KEY = "thirty-two bytes of a test's key".getBytes(StandardCharsets.US_ASCII);

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
  public String capability(String scope) {
    long expiry =
        EXPIRY.isBound() ? EXPIRY.get() : System.currentTimeMillis() / 1000 + 60; // wall clock
    String head = "0001" + expiry;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      byte[] proof = mac.doFinal((head + scope).getBytes(StandardCharsets.US_ASCII));
      return head + HexFormat.of().formatHex(proof) + scope;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
