package dev.cofferdam.review.people;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Crowd;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Spill;
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** INV-01 to INV-03: invites used twice, too late, by somebody else, or without a trace. */
public final class Invitations {
  private static final int AT_ONCE = 100;
  private static final String APPLICATION = "cofferdam_app";
  private static final String OPS = "cofferdam_ops";

  /** Connections of a role: enough for some at once, and as the laboratory has them. */
  private static final int SEVERAL = 6;

  private static final int USUAL = 2;
  private static final String EXPIRED = "invite_expired";
  private static final String REVOKED = "invite_revoked";
  private static final String VOID = "invite_void";

  private Invitations() {}

  public static List<Attack> all() {
    return List.of(
        byGuest(
            "INV-01.at-once",
            "accepts one invite a hundred times at once, and then once more",
            Invitations::manyTimes),
        byGuest(
            "INV-02.ended",
            "accepts an invite that has expired, was revoked or sent again, or whose code is altered",
            Invitations::ended),
        byGuest(
            "INV-02.inviter",
            "accepts an invite whose inviter was removed, or made a member, since",
            Invitations::withoutInviter),
        byGuest(
            "INV-02.address",
            "takes the code of an invite that is for another address",
            Invitations::asAnother),
        byGuest(
            "INV-03.trace",
            "accepts an invite, tries another's, and looks for what is recorded of it",
            Invitations::traced));
  }

  private static Attack byGuest(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.STRANGER), assault, Invitations::othersAccept);
  }

  private static Verdict manyTimes(Target target) throws SQLException, InterruptedException {
    Web web = target.web();
    Invited invited = Invited.all(web, target.victim().id()).getFirst();
    Crowd crowd = new Crowd();
    for (int n = 0; n < AT_ONCE; n++) {
      crowd.with(web.as(invited.who()), invited.accepting());
    }
    target.server().poolSize(APPLICATION, SEVERAL);
    target.server().poolSize(OPS, SEVERAL);
    List<Reply> replies;
    try {
      replies = new ArrayList<>(crowd.send());
    } finally {
      target.server().poolSize(APPLICATION, USUAL);
      target.server().poolSize(OPS, USUAL);
    }
    // Whoever had to wait too long asks again, and so does who was first.
    long late = replies.stream().filter(reply -> reply.code().equals("unavailable")).count();
    replies.removeIf(reply -> reply.code().equals("unavailable"));
    for (int n = 0; n <= Math.min(late, 3); n++) {
      replies.add(web.as(invited.who()).ask(invited.accepting()));
    }
    long done = replies.stream().filter(Reply::isDone).count();
    String met = Crowd.summary(replies);
    try (Session superuser = target.asSuperuser()) {
      long memberships = Crowd.count(superuser, invited.memberships());
      long records =
          Trail.of(superuser).all().stream()
              .filter(record -> record.action().equals("invite.accepted"))
              .filter(record -> record.actor().id().equals(invited.who().person().toString()))
              .count();
      String found = "%s; %d memberships, %d records".formatted(met, memberships, records);
      if (done > 1 || memberships > 1 || records > 1) {
        return new Verdict.Succeeded("one invite was good for more than one: " + found);
      }
      boolean told =
          replies.stream()
              .filter(reply -> !reply.isDone())
              .allMatch(reply -> Set.of("invite_used", "already_member").contains(reply.code()));
      // Who was first may be among those who were told that it took too long.
      boolean once = memberships == 1 && records == 1 && (done == 1 || late > 0);
      return once && told ? new Verdict.Refused(found) : new Verdict.Inconclusive(found);
    }
  }

  /** An invite that is over, and what its holder is to be told. */
  private record Over(String called, Invited invited, String code) {}

  private static Verdict ended(Target target) throws SQLException {
    Web web = target.web();
    UUID tenant = target.victim().id();
    List<Invited> invited = Invited.all(web, tenant);
    Browser owner = web.as(tenant, Part.OWNER);
    try (Session superuser = target.asSuperuser()) {
      superuser.must(
          "update identity.invite set expires_at = now() - interval '1 second' where invite_id = '%s'"
              .formatted(invited.get(0).invite(owner)));
      String revoked = invited.get(1).invite(owner);
      Reply done =
          owner.ask(
              Ask.of("DELETE", "/v1/invites/" + revoked).with("If-Match", version(owner, revoked)));
      if (!done.isDone()) {
        return new Verdict.Inconclusive("an invite cannot be revoked: " + done.brief());
      }
      superuser.must(
          "update identity.invite set code_hash = sha256('a newer letter') where invite_id = '%s'"
              .formatted(invited.get(2).invite(owner)));
      Invited altered = invited.get(3);
      return judged(
          target,
          superuser,
          List.of(
              new Over("expired", invited.get(0), EXPIRED),
              new Over("revoked", invited.get(1), REVOKED),
              new Over("sent again", invited.get(2), REVOKED),
              new Over(
                  "altered",
                  new Invited(altered.who(), turned(altered.code()), tenant),
                  "not_found")));
    }
  }

  private static String version(Browser owner, String invite) {
    return owner.get("/v1/invites/" + invite).field("ETag").orElseThrow();
  }

  /** The same code with its first letter another one. */
  private static String turned(String code) {
    return (code.charAt(0) == 'a' ? 'b' : 'a') + code.substring(1);
  }

  private static Verdict withoutInviter(Target target) throws SQLException {
    Web web = target.web();
    UUID tenant = target.victim().id();
    List<Invited> invited = Invited.all(web, tenant);
    Browser owner = web.as(tenant, Part.OWNER);
    List<Resident> chiefs = web.all(tenant, Part.CO_OWNER);
    try (Session superuser = target.asSuperuser()) {
      for (int n = 0; n < 2; n++) {
        superuser.must(
            "update identity.invite set invited_by = '%s' where invite_id = '%s'"
                .formatted(chiefs.get(n).person(), invited.get(n).invite(owner)));
      }
      Reply removed =
          owner.ask(
              Ask.of("DELETE", "/v1/members/" + chiefs.get(0).person()).with("If-Match", "\"1\""));
      Reply demoted =
          owner.ask(
              Ask.of("PATCH", "/v1/members/" + chiefs.get(1).person())
                  .with("If-Match", "\"1\"")
                  .json(Map.of("role", "member")));
      if (!removed.isDone() || !demoted.isDone()) {
        return new Verdict.Inconclusive(
            "an inviter cannot be removed or demoted: " + removed.brief() + ", " + demoted.brief());
      }
      return judged(
          target,
          superuser,
          List.of(
              new Over("of somebody who was removed", invited.get(0), VOID),
              new Over("of somebody who was demoted", invited.get(1), VOID)));
    }
  }

  /** Each is tried by somebody else first, who is to learn nothing, and then by its holder. */
  private static Verdict judged(Target target, Session superuser, List<Over> all) {
    Web web = target.web();
    Browser another = web.as(web.nowhere());
    Spill spill = new Spill(target.victim().canary(), web.things(target.victim().id()));
    List<String> met = new ArrayList<>();
    for (Over over : all) {
      Invited invited = over.invited();
      Reply foreign = another.ask(invited.accepting());
      Optional<String> spilt = spill.in(invited.accepting(), foreign);
      if (spilt.isPresent() || foreign.isDone()) {
        return new Verdict.Succeeded(
            "somebody else met " + foreign.brief() + spilt.map(what -> " with " + what).orElse(""));
      }
      String same = over.code().equals("not_found") ? "not_found" : "address_mismatch";
      if (!foreign.code().equals(same)) {
        return new Verdict.Succeeded(
            "somebody else is told " + foreign.brief() + " of an invite that is " + over.called());
      }
      Reply reply = web.as(invited.who()).ask(invited.accepting());
      if (reply.isDone() || Crowd.count(superuser, invited.memberships()) > 0) {
        return new Verdict.Succeeded(
            "an invite " + over.called() + " was accepted: " + reply.brief());
      }
      met.add(over.called() + ": " + reply.brief());
      if (!reply.code().equals(over.code())) {
        return new Verdict.Inconclusive(met + ", and not " + over.code());
      }
    }
    return new Verdict.Refused(String.join("; ", met) + "; somebody else is told of none of it");
  }

  private static Verdict asAnother(Target target) throws SQLException {
    Web web = target.web();
    Invited invited = Invited.all(web, target.victim().id()).getFirst();
    Resident stranger = web.nowhere();
    Browser another = web.as(stranger);
    Spill spill = new Spill(target.victim().canary(), web.things(target.victim().id()));
    for (Ask ask : List.of(invited.looking(), invited.accepting())) {
      Reply reply = another.ask(ask);
      Optional<String> spilt = spill.in(ask, reply);
      if (reply.isDone() || spilt.isPresent()) {
        return new Verdict.Succeeded(ask + " by somebody else met " + reply.brief());
      }
      if (!reply.code().equals("address_mismatch")) {
        return new Verdict.Inconclusive(ask + " by somebody else met " + reply.brief());
      }
    }
    Reply own = web.as(invited.who()).ask(invited.accepting());
    return own.isDone()
        ? new Verdict.Refused("address_mismatch twice, and it was still good for whom it is for")
        : new Verdict.Succeeded("the invite was used up by somebody else: " + own.brief());
  }

  private static Verdict traced(Target target) throws SQLException {
    Web web = target.web();
    UUID tenant = target.victim().id();
    List<Invited> invited = Invited.all(web, tenant);
    Invited own = invited.get(0);
    Resident owner = web.resident(tenant, Part.OWNER);
    String invite = own.invite(web.as(owner));
    Reply accepted = web.as(own.who()).ask(own.accepting());
    // What is done and has no record yet is not said to be done.
    if (!accepted.isDone() && !accepted.code().equals("receipt_pending")) {
      return new Verdict.Inconclusive("nobody can accept: " + accepted.brief());
    }
    Reply tried = web.as(own.who()).ask(invited.get(1).accepting());
    try (Session superuser = target.asSuperuser()) {
      Trail trail = Trail.of(superuser);
      Optional<AuditRecord> made =
          trail.all().stream()
              .filter(record -> record.action().equals("invite.created"))
              .filter(record -> mentions(record, invite))
              .findFirst();
      boolean complete =
          trail.of(accepted.requestId()).stream()
              .anyMatch(
                  record ->
                      record.action().equals("invite.accepted")
                          && record.actor().id().equals(own.who().person().toString())
                          && mentions(record, invite)
                          && mentions(record, own.who().session().toString())
                          && mentions(record, owner.person().toString())
                          && mentions(record, owner.session().toString()));
      boolean misuse =
          trail.of(tried.requestId()).stream()
              .anyMatch(
                  record ->
                      record.log().contains(tenant.toString())
                          && record.actor().id().equals(own.who().person().toString())
                          && "address_mismatch".equals(record.code()));
      if (made.isEmpty() || !complete || !misuse) {
        return new Verdict.Succeeded(
            "of an invite there is no trace: made %s, accepted %s, misused %s"
                .formatted(made.isPresent(), complete, misuse));
      }
      Reply address = web.as(owner).get("/v1/audit/records/" + made.get().id() + "/personal");
      return address.text().contains(own.address())
          ? new Verdict.Refused(
              "inviter, who accepted, both sessions and the address stand in the tenant's log,"
                  + " and so does who tried another's")
          : new Verdict.Succeeded("whom it was for is not known any more: " + address.brief());
    }
  }

  private static boolean mentions(AuditRecord record, String id) {
    return record.toString().contains(id);
  }

  /** The probe: somebody else's invite is still good. */
  private static String othersAccept(Target target) {
    Web web = target.web();
    Invited last = Invited.all(web, target.victim().id()).getLast();
    Reply reply = web.as(last.who()).ask(last.accepting());
    if (!reply.isDone()) {
      throw new IllegalStateException("no invite can be accepted: " + reply.readable());
    }
    return "another invite is accepted";
  }
}
