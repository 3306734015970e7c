package dev.cofferdam.server.console;

import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.server.surface.Caller;

/**
 * Who did something, or what it was done to.
 *
 * @param shown its id as far as it is told apart by
 * @param self whether it is who is looking
 */
public record PartyView(String kind, String id, String shown, boolean self) {
  private static final int UUID_LENGTH = 36;
  private static final int SHOWN = 12;

  static PartyView of(Party party, Caller.SignedIn caller) {
    String id = party.id();
    boolean self = party.kind().equals("person") && id.equals(caller.id().toString());
    // The beginning of an id of ours is its time, which many have in common; an agent's has two.
    String shown = id.length() >= UUID_LENGTH ? "…" + id.substring(id.length() - SHOWN) : id;
    return new PartyView(party.kind().replace('_', ' '), id, shown, self);
  }

  /** As the search takes it. */
  public String sought() {
    return LookedFor.encoded(kind.replace(' ', '_') + ":" + id);
  }
}
