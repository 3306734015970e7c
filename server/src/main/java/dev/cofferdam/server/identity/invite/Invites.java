package dev.cofferdam.server.identity.invite;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Membership;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.authz.Standing;
import dev.cofferdam.server.authz.Subject;
import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.keyring.ColumnCipher;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** The invites of the tenant that is bound, as its own people see and make them. */
public final class Invites {
  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);

  private final InviteRows rows;
  private final SealedAddresses addresses;
  private final MemberProfiles profiles;
  private final Authorization authorization;
  private final InviteActs acts;
  private final TransactionOperations transaction;
  private final Runnable letterIsDue;
  private final Ids ids;
  private final InviteSettings settings;
  private final Clock clock;

  /**
   * @param letterIsDue called after a commit that made a letter due
   */
  Invites(
      InviteRows rows,
      SealedAddresses addresses,
      MemberProfiles profiles,
      Authorization authorization,
      InviteActs acts,
      TransactionOperations transaction,
      Runnable letterIsDue,
      Ids ids,
      InviteSettings settings,
      Clock clock) {
    this.rows = rows;
    this.addresses = addresses;
    this.profiles = profiles;
    this.authorization = authorization;
    this.acts = acts;
    this.transaction = transaction;
    this.letterIsDue = letterIsDue;
    this.ids = ids;
    this.settings = settings;
    this.clock = clock;
  }

  /** The invites, by id, which is by when they were made; those that are over too. */
  public Page<InviteView> list(PageRequest asked) {
    @Nullable String after = asked.after();
    return page(
        rows.page(after == null ? FIRST : UUID.fromString(after), asked.limit() + 1), asked);
  }

  /**
   * The same the other way round.
   *
   * @param asked its position is the id of the last one of the page before
   */
  public Page<InviteView> newest(PageRequest asked) {
    @Nullable String before = asked.after();
    return page(
        rows.pageBack(before == null ? LAST : UUID.fromString(before), asked.limit() + 1), asked);
  }

  private Page<InviteView> page(List<InviteRows.Row> found, PageRequest asked) {
    boolean more = found.size() > asked.limit();
    List<InviteView> views = views(more ? found.subList(0, asked.limit()) : found);
    return new Page<>(views, more ? views.getLast().id().toString() : null);
  }

  public Optional<InviteView> find(InviteId id) {
    return rows.find(id).map(row -> views(List.of(row)).getFirst());
  }

  /**
   * Invites an address.
   *
   * @param origin this server's address as the inviter knows it, where the letter leads to
   * @param kept called inside the transaction with what it came to
   */
  public InviteChange create(
      Call call,
      Caller.Person by,
      EmailAddress address,
      Role role,
      String origin,
      Consumer<Recorded<InviteView>> kept) {
    InviteId id = new InviteId(ids.next());
    // Before the transaction, which is the tenant's: the ring is the platform's.
    byte[] mac = addresses.mac(address);
    InviteChange change =
        deciding(
            by,
            role,
            () -> {
              Instant now = clock.instant();
              rows.endExpired(mac, now);
              if (rows.countOpen(now) >= settings.mostOpen()) {
                return new InviteChange.TooMany();
              }
              boolean inserted =
                  rows.insert(
                      new InviteRows.New(
                          id,
                          addresses.seal(id, address),
                          mac,
                          role,
                          by.id(),
                          by.session(),
                          origin,
                          now,
                          now.plus(settings.lifetime())));
              if (!inserted) {
                return new InviteChange.InvitedBefore();
              }
              RecordId record = acts.created(call, by, id, role, address);
              InviteChange.Done made = done(record, rows.find(id).orElseThrow());
              kept.accept(made.invite());
              return made;
            });
    return sending(by, change);
  }

  /** Sends another letter, with another code; the caller answers for the invite from now on. */
  public InviteChange resend(
      Call call, Caller.Person by, InviteId id, String origin, IfMatch read) {
    return sending(
        by,
        changing(
            by,
            id,
            read,
            row -> {
              Instant now = clock.instant();
              InviteRows.Row resent =
                  rows.resend(
                      id, by.id(), by.session(), origin, now, now.plus(settings.lifetime()));
              return done(acts.resent(call, by, id, row.invitedBy()), resent);
            }));
  }

  /** Takes an invite back. */
  public InviteChange revoke(Call call, Caller.Person by, InviteId id, IfMatch read) {
    return changing(
        by, id, read, row -> done(acts.revoked(call, by, id), rows.revoke(id, clock.instant())));
  }

  private InviteChange changing(
      Caller.Person by, InviteId id, IfMatch read, Function<InviteRows.Row, InviteChange> work) {
    return inTransaction(
        () -> {
          Optional<InviteRows.Row> row = rows.findLocked(id);
          if (row.isEmpty()) {
            return new InviteChange.Unknown();
          }
          Optional<Reason> denied = denied(by, row.get().role());
          if (denied.isPresent()) {
            return new InviteChange.Denied(denied.get());
          }
          if (!row.get().isOpen()) {
            return new InviteChange.Over();
          }
          return read.matches(ETag.ofVersion(row.get().version()))
              ? work.apply(row.get())
              : new InviteChange.Outdated();
        });
  }

  private InviteChange deciding(Caller.Person by, Role role, Supplier<InviteChange> work) {
    return inTransaction(
        () -> denied(by, role).<InviteChange>map(InviteChange.Denied::new).orElseGet(work));
  }

  /** By what the rows say that the caller is now, and that stays so until the transaction ends. */
  private Optional<Reason> denied(Caller.Person by, Role role) {
    return denied(authorization, rows.roleOf(by.id()), role);
  }

  /** Whether a person of this role may make somebody a member with that one. */
  static Optional<Reason> denied(Authorization authorization, Optional<Role> inviter, Role given) {
    Standing standing =
        new Standing(
            Subject.PERSON,
            inviter.map(Membership::of).orElse(Membership.NONE),
            true,
            true,
            true,
            true);
    Matter matter = new Matter.OnRole(Membership.of(given), Membership.NONE);
    return authorization.decide(new Facts(Action.GIVE_ROLE, standing, matter))
            instanceof Decision.Denied(Reason reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  /** Nothing is noted of who was refused. The letter says how its inviter is called. */
  private InviteChange sending(Caller.Person by, InviteChange change) {
    if (change instanceof InviteChange.Done) {
      profiles.note(by);
      letterIsDue.run();
    }
    return change;
  }

  private InviteChange.Done done(RecordId record, InviteRows.Row row) {
    return new InviteChange.Done(new Recorded<>(record, views(List.of(row)).getFirst()));
  }

  private List<InviteView> views(List<InviteRows.Row> found) {
    Instant now = clock.instant();
    try (ColumnCipher.Batch batch = addresses.batch()) {
      return found.stream().map(row -> view(row, batch, now)).toList();
    }
  }

  private static InviteView view(InviteRows.Row row, ColumnCipher.Batch batch, Instant now) {
    boolean expired = row.isOpen() && !now.isBefore(row.expiresAt());
    return new InviteView(
        row.id(),
        SealedAddresses.open(batch, row.id(), row.addressSealed()),
        row.role(),
        expired
            ? InviteView.State.EXPIRED
            : InviteView.State.valueOf(row.state().toUpperCase(Locale.ROOT)),
        InviteView.LetterState.valueOf(row.letter().toUpperCase(Locale.ROOT)),
        row.invitedBy(),
        row.createdAt(),
        row.expiresAt(),
        Optional.ofNullable(row.acceptedBy()),
        row.version());
  }

  private InviteChange inTransaction(Supplier<InviteChange> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }
}
