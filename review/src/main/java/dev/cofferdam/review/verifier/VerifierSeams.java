package dev.cofferdam.review.verifier;

import dev.cofferdam.review.agent.Seams.Kind;
import dev.cofferdam.review.agent.Seams.Seam;
import java.util.List;

/** Every place of the verifier that is woven, by name. */
public final class VerifierSeams {
  private static final String VERIFY = "dev.cofferdam.node.verify.";
  private static final String LOG = "dev.cofferdam.protocol.log.";

  private static final List<Seam> ALL =
      List.of(
          new Seam(Kind.FIND_NOTHING, "entry-hashes", VERIFY + "Entries", "compareHashes"),
          new Seam(Kind.FIND_NOTHING, "tile-hashes", VERIFY + "History", "compareHashes"),
          new Seam(Kind.SKIP, "signed-roots", VERIFY + "History", "passMilestone"),
          new Seam(
              Kind.SAY_YES, "note-signature", "dev.cofferdam.protocol.crypto.Ed25519", "verify"),
          new Seam(Kind.FIND_NOTHING, "kept-size", VERIFY + "LogVerification", "keep"),
          new Seam(Kind.SAY_YES, "inclusion-proof", LOG + "InclusionProof", "proves"),
          new Seam(Kind.SAY_YES, "consistency-proof", LOG + "ConsistencyProof", "proves"),
          new Seam(Kind.NO_LIST, "kept-evidence", VERIFY + "Trust", "kept"),
          new Seam(Kind.NO_LIST, "further-copy", VERIFY + "Trust", "copies"));

  private VerifierSeams() {}

  /** All places, in no order that matters. */
  public static List<Seam> all() {
    return ALL;
  }
}
