package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.SignInPolicies;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Versioned;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** How strongly one must have signed in to the tenant that one works in. */
@RestController
class SignInPolicyController {
  private final SignInPolicies policies;

  SignInPolicyController(SignInPolicies policies) {
    this.policies = policies;
  }

  /**
   * What is asked for.
   *
   * @param leastAcr {@code single_factor}, {@code multi_factor} or {@code phishing_resistant}
   */
  record PolicyBody(String leastAcr) {}

  @GetMapping("/v1/tenant/sign-in-policy")
  @Surface(
      summary = "Reads how people must have signed in to work in the tenant.",
      access = Access.TENANT,
      limit = "read",
      action = "sign_in_policy.read")
  Versioned<PolicyBody> read() {
    return versioned(policies.current());
  }

  @PutMapping("/v1/tenant/sign-in-policy")
  @Surface(
      summary = "Sets how people must have signed in to work in the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "sign_in_policy.change",
      problems = {
        ProblemCode.INVALID_FIELD,
        ProblemCode.PRECONDITION_FAILED,
        ProblemCode.INSUFFICIENT_USER_AUTHENTICATION
      })
  Recorded<Versioned<PolicyBody>> change(
      Call call, Caller.Person caller, IfMatch read, @RequestBody PolicyBody wanted) {
    AcrClass least = Names.acr("least_acr", wanted.leastAcr());
    return switch (policies.change(call, caller, least, read)) {
      case SignInPolicies.Change.Done(var policy) -> policy.with(versioned(policy.body()));
      case SignInPolicies.Change.Denied(var reason) -> throw reason.refusal().thrown();
      case SignInPolicies.Change.TooWeak(AcrClass required) ->
          throw Refusal.stepUp(Assurance.of(required)).because("own_policy").thrown();
      case SignInPolicies.Change.OwnProvider own ->
          throw Refusal.of(ProblemCode.FORBIDDEN).because("own_provider").thrown();
      case SignInPolicies.Change.Outdated outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
    };
  }

  private static Versioned<PolicyBody> versioned(SignInPolicies.Policy policy) {
    return new Versioned<>(
        ETag.ofVersion(policy.version()), new PolicyBody(Names.of(policy.least())));
  }
}
