package dev.cofferdam.server.surface;

import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls, as the credential says and the server has verified. A handler takes it as a parameter;
 * one of a more precise type ({@link Person}, {@link Node}, {@link Operator}, {@link SignedIn} for
 * any session) where its {@link Access} promises one.
 */
public sealed interface Caller {

  /** The tenant that the credential is bound to. */
  Optional<TenantId> tenant();

  /** Who is behind it, if a person is. */
  Optional<PersonId> person();

  /**
   * For keys of limits, cursors and stored outcomes: equal exactly for the same principal in the
   * same tenant. Says who, and is nothing to show to others.
   */
  String principal();

  /** Somebody who showed no credential. */
  record Anonymous() implements Caller {
    @Override
    public Optional<TenantId> tenant() {
      return Optional.empty();
    }

    @Override
    public Optional<PersonId> person() {
      return Optional.empty();
    }

    @Override
    public String principal() {
      return "anonymous";
    }
  }

  /** Somebody with a session, whatever they act as in it. */
  sealed interface SignedIn extends Caller permits Person, Operator, Visitor {
    PersonId id();

    SessionId session();

    SignIn signIn();
  }

  /** A program that shows a token, which is for one tenant and for what its scopes say. */
  sealed interface Bearer extends Caller permits Agent, Service {
    TokenId token();

    /** The tenant, and what the holder is there now. */
    Workspace in();

    Set<TokenScope> scopes();

    @Override
    default Optional<TenantId> tenant() {
      return Optional.of(in().tenant());
    }
  }

  /** A program that acts for a person, with a token of theirs. */
  record Agent(PersonId id, TokenId token, Workspace in, Set<TokenScope> scopes) implements Bearer {
    public Agent {
      scopes = Set.copyOf(scopes);
    }

    @Override
    public Optional<PersonId> person() {
      return Optional.of(id);
    }

    @Override
    public String principal() {
      return "agent:" + id + "/" + token + "@" + in.tenant();
    }
  }

  /** A program that acts for the tenant, behind which there is no person. */
  record Service(ServiceId id, TokenId token, Workspace in, Set<TokenScope> scopes)
      implements Bearer {
    public Service {
      scopes = Set.copyOf(scopes);
    }

    @Override
    public Optional<PersonId> person() {
      return Optional.empty();
    }

    @Override
    public String principal() {
      return "service:" + id + "@" + in.tenant();
    }
  }

  /**
   * A workload that has proven to hold its own keys. It has no role and no scopes: it gets to what
   * is for nodes, and there to what was granted to it.
   *
   * @param in the tenant that it is registered with
   */
  record Node(NodeId id, TenantId in) implements Caller {
    @Override
    public Optional<TenantId> tenant() {
      return Optional.of(in);
    }

    @Override
    public Optional<PersonId> person() {
      return Optional.empty();
    }

    @Override
    public String principal() {
      return "node:" + id + "@" + in;
    }
  }

  /**
   * A person with a session, in a workspace or in none.
   *
   * @param workspace where the session works, empty before one was chosen
   */
  record Person(PersonId id, SessionId session, Optional<Workspace> workspace, SignIn signIn)
      implements SignedIn {
    @Override
    public Optional<TenantId> tenant() {
      return workspace.map(Workspace::tenant);
    }

    @Override
    public Optional<PersonId> person() {
      return Optional.of(id);
    }

    @Override
    public String principal() {
      return "person:" + id + tenant().map(tenant -> "@" + tenant).orElse("");
    }
  }

  /** An operator of the platform: a person too, but one whose session enters no tenant. */
  record Operator(PersonId id, SessionId session, SignIn signIn) implements SignedIn {
    @Override
    public Optional<TenantId> tenant() {
      return Optional.empty();
    }

    @Override
    public Optional<PersonId> person() {
      return Optional.of(id);
    }

    @Override
    public String principal() {
      return "operator:" + id;
    }
  }

  /**
   * An operator who broke the glass: reads in one tenant for a while, and does nothing else.
   *
   * @param in the tenant
   */
  record Visitor(PersonId id, SessionId session, TenantId in, SignIn signIn) implements SignedIn {
    @Override
    public Optional<TenantId> tenant() {
      return Optional.of(in);
    }

    @Override
    public Optional<PersonId> person() {
      return Optional.of(id);
    }

    @Override
    public String principal() {
      return "visitor:" + id + "@" + in;
    }
  }
}
