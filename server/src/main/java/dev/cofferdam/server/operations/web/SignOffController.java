package dev.cofferdam.server.operations.web;

import dev.cofferdam.server.operations.SignOffDigest;
import dev.cofferdam.server.operations.SignOffs;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Proof of when a sign-off was there. */
@RestController
class SignOffController {
  private final SignOffs signOffs;

  SignOffController(SignOffs signOffs) {
    this.signOffs = signOffs;
  }

  /**
   * A sign-off.
   *
   * @param digest SHA-256 of the document's canonical form, in hex
   */
  record SignOffBody(String digest) {}

  /** The receipt that comes with the answer is the proof. */
  @PostMapping("/v1/operator/sign-offs")
  @Surface(
      summary = "Records the digest of a review's sign-off in the platform's log.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "sign_off.record",
      problems = ProblemCode.INVALID_FIELD)
  Recorded<SignOffBody> record(Call call, Caller.Operator caller, @RequestBody SignOffBody body) {
    SignOffDigest digest =
        SignOffDigest.of(body.digest()).orElseThrow(() -> Refusal.invalid("digest").thrown());
    return signOffs.record(call, caller, digest).with(new SignOffBody(digest.hex()));
  }
}
