package dev.cofferdam.server.oauth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The public keys by which a client shows who it is: with us, or at an address of the client's. */
@FunctionalInterface
public interface ClientKeys {

  /**
   * The keys that an assertion may be signed with.
   *
   * @param id as the assertion names its key; null when it names none
   * @return none when they cannot be had
   */
  List<JWK> find(@Nullable String id);

  /** Keys that we have. */
  static ClientKeys of(JWKSet known) {
    return id -> {
      JWKMatcher.Builder wanted = new JWKMatcher.Builder();
      return new JWKSelector((id == null ? wanted : wanted.keyID(id)).build()).select(known);
    };
  }
}
