package dev.cofferdam.server.authz;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityIdentifier;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import java.util.Optional;
import java.util.Set;

/** The policies, as Cedar evaluates them. Safe for use by many threads. */
final class Policies {
  private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
  private final PolicySet policies;

  private Policies(PolicySet policies) {
    this.policies = policies;
  }

  /** What the policies say to one question. */
  enum Answer {
    PERMIT,
    DENY,
    /** At least one policy could not be evaluated: Cedar skips it, be it a permit or a forbid. */
    FAILED
  }

  /**
   * Reads and validates.
   *
   * @throws PoliciesRefusedException when a policy is not one, or says what the schema does not
   *     know, or when Cedar's library cannot be loaded here
   */
  static Policies of(String schemaText, String policyText) {
    try {
      Schema schema = Schema.parse(Schema.JsonOrCedar.Cedar, schemaText);
      PolicySet policies = PolicySet.parsePolicies(policyText);
      Policies made = new Policies(policies);
      ValidationResponse validation = made.engine.validate(new ValidationRequest(schema, policies));
      if (!validation.validationPassed() || hasWarnings(validation)) {
        throw new PoliciesRefusedException(
            "The policies do not hold to policies/schema.cedarschema: " + validation, null);
      }
      policies.cache();
      return made;
    } catch (AuthException | CacheException e) {
      throw new PoliciesRefusedException(
          "The policies in policies/ cannot be read: " + e.getMessage(), e);
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new PoliciesRefusedException(
          "Cedar's native library cannot be loaded on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ". It is unpacked into `"
              + System.getProperty("java.io.tmpdir")
              + "`, which must allow programs to run.",
          e);
    }
  }

  /** A warning says that a policy can never apply, or that a name could be taken for another. */
  private static boolean hasWarnings(ValidationResponse validation) {
    return !validation.warnings.isEmpty()
        || validation.success.filter(found -> !found.validationWarnings.isEmpty()).isPresent();
  }

  Answer ask(Question question) {
    AuthorizationRequest request =
        new AuthorizationRequest(
            entity(question.principal(), "one"),
            entity("Action", question.action()),
            entity(question.resource(), "one"),
            Optional.of(question.context()),
            Optional.empty(),
            false);
    AuthorizationResponse response;
    try {
      response = engine.isAuthorized(request, policies, Set.<Entity>of());
    } catch (AuthException e) {
      return Answer.FAILED;
    }
    AuthorizationSuccessResponse success = response.success.orElse(null);
    if (success == null || !success.getErrors().isEmpty()) {
      return Answer.FAILED;
    }
    return success.isAllowed() ? Answer.PERMIT : Answer.DENY;
  }

  private static EntityUID entity(String type, String id) {
    return new EntityUID(EntityTypeName.parse(type).orElseThrow(), new EntityIdentifier(id));
  }
}
