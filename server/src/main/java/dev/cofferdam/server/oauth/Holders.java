package dev.cofferdam.server.oauth;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.TokenScope;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Port: what holders of access tokens are <em>now</em>. One bean for each {@link Holder.Kind}. Safe
 * for use by many threads.
 */
public interface Holders {
  /** For which it answers. */
  Holder.Kind kind();

  /**
   * What the holder is, unless it has ended or lost what it stood on. Called with no scope bound,
   * and again whenever something about {@link Standing#subject} was revoked.
   *
   * @param scopes what the token says; the caller has those of them that the holder still has
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  Optional<Standing> find(Holder holder, Set<TokenScope> scopes);

  /** Of what a token says, or a client asks for, what its holder has. */
  static Set<TokenScope> held(Set<TokenScope> said, Set<TokenScope> has) {
    return said.stream().filter(has::contains).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What a holder is.
   *
   * @param caller as whom its tokens act
   * @param scopes of those that were asked about, what the holder has
   * @param subject whom whatever ends or changes it names in the sequence of revocations
   * @param key that its tokens must be bound to now; empty where it leaves that to its client
   */
  record Standing(
      Caller caller, Set<TokenScope> scopes, UUID subject, Optional<KeyThumbprint> key) {
    public Standing {
      scopes = Set.copyOf(scopes);
    }

    /** Of one that binds its tokens or not, as its client wants. */
    public Standing(Caller caller, Set<TokenScope> scopes, UUID subject) {
      this(caller, scopes, subject, Optional.empty());
    }

    /** Whether a token that is bound to this key, or to none, may be its. */
    public boolean allows(Optional<KeyThumbprint> boundTo) {
      return key.isEmpty() || key.equals(boundTo);
    }
  }
}
