package dev.cofferdam.server.surface;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a handler method declares. The server does not start with a handler that lacks it, or that
 * names a limit or an action which nobody knows.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Surface {

  /**
   * What it does, in one sentence for whoever reads the API's document: {@code Lists the groups of
   * the tenant.}
   */
  String summary();

  /** Who gets as far as the handler. */
  Access access();

  /** For {@link Access#TENANT}: the roles that may, any when empty. For others: empty. */
  Role[] roles() default {};

  /** How, and how lately, the person must have signed in. */
  Assurance assurance() default Assurance.SIGNED_IN;

  /** The name of a limit of the one table of limits. */
  String limit();

  /**
   * What is done, as policies and audit records name it: an object and a verb in lower case, such
   * as {@code tenant.rename}.
   */
  String action();

  /**
   * Whether the answer holds something worth a record even when nothing changed. Then no byte of it
   * leaves before the record is durable, and it carries the receipt.
   */
  boolean sensitive() default false;

  /**
   * For {@link Access#TENANT}: the scopes by any of which a token gets here, and by none when
   * empty. Whatever makes a credential, changes a session or asks for a newer sign-in has none.
   */
  TokenScope[] scope() default {};

  /**
   * For reading a tenant: whether an operator who broke the glass may do it too. What they read is
   * recorded as if it were {@link #sensitive}.
   */
  boolean emergency() default false;

  /**
   * Where what was made is found, such as {@code /v1/groups/{id}}; a variable is a member of the
   * body. The answer is 201 with this as its {@code Location}, also when it is given again for an
   * {@link IdempotencyKey}. Empty for a handler that makes nothing that has an address.
   */
  String created() default "";

  /**
   * Whether clients of the authorization server read it: a form in, with fields that nobody need
   * know (RFC 6749, section 3.2), and refusals as section 5.2 has them instead of a problem.
   */
  boolean oauth() default false;

  /**
   * The refusals that the handler itself comes to, for the OpenAPI document; those that follow from
   * the rest of the declaration are added.
   */
  ProblemCode[] problems() default {};
}
