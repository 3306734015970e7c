package dev.cofferdam.server.surface;

import java.util.Locale;

/**
 * The closed catalogue of what an error answer may say (RFC 9457). A code is a promise: clients
 * branch on it, so it is never renamed.
 */
public enum ProblemCode {
  MALFORMED_REQUEST(
      400, "The request is malformed", "Send it as the OpenAPI document describes it."),
  UNKNOWN_FIELD(
      400,
      "The request has a field that does not exist",
      "Leave out what the OpenAPI document does not name."),
  INVALID_CURSOR(
      400, "The cursor cannot be used", "Begin again at the first page, without a cursor."),
  AMBIGUOUS_CREDENTIALS(
      400,
      "The request shows more than one credential",
      "Send a token or a cookie, and one alone."),
  UNAUTHENTICATED(401, "Nobody is signed in", "Sign in, and send the request again."),
  INVALID_TOKEN(
      401, "The token is not valid", "Use one that has neither expired nor been revoked."),
  INSUFFICIENT_USER_AUTHENTICATION(
      401,
      "The sign-in does not suffice for this",
      "Sign in again as the challenge asks, in a browser at /step-up; nothing was done.",
      Kind.DENIAL),
  FORBIDDEN(403, "Not allowed", "Ask somebody whose role allows it.", Kind.DENIAL),
  SIGN_IN_NOT_AS_ASKED(
      403,
      "The identity provider did not sign you in as it was asked to",
      "Sign in again with what was asked for, such as a second factor. Where the provider never asks for it, tell"
          + " whoever looks after it. A session that was there before is as it was.",
      Kind.DENIAL),
  INSUFFICIENT_SCOPE(
      403,
      "The token is not for this",
      "Use a token with a scope that the challenge names.",
      Kind.DENIAL),
  PERSON_REQUIRED(
      403, "Only a person can do this", "Sign in as a person, and do it there.", Kind.DENIAL),
  WORKSPACE_REQUIRED(403, "No workspace is chosen", "Choose a workspace first.", Kind.DENIAL),
  TENANT_CLOSED(
      403, "The tenant is closed", "Choose another workspace, or ask the operator.", Kind.DENIAL),
  CROSS_SITE_REQUEST(
      403,
      "The request comes from another site",
      "Reload the page of this server, and send it from there.",
      Kind.DENIAL),
  ADDRESS_MISMATCH(
      403,
      "The invitation is for another address",
      "Sign in with the address that it was sent to.",
      Kind.DENIAL),
  ADDRESS_NOT_ALLOWED(
      403,
      "Nobody founds a tenant with an address of this kind",
      "Sign in with another verified address, or ask the operator.",
      Kind.DENIAL),
  NOT_FOUND(404, "Not found", "Check the address and the id, and the workspace.", Kind.DENIAL),
  METHOD_NOT_ALLOWED(405, "Method not allowed", "Use a method that the answer allows."),
  NOT_ACCEPTABLE(406, "Not available in that form", "Accept what the OpenAPI document names."),
  REQUEST_TIMEOUT(408, "The request took too long to arrive", "Send it again."),
  CONFLICT(409, "It is not in a state for this", "Read it again, and decide anew."),
  NAME_TAKEN(409, "The name is taken, or too like one that is", "Choose another name."),
  QUOTA_REACHED(409, "There are as many as there may be", "End one that you do not need."),
  ALREADY_INVITED(
      409, "That address has an invitation already", "Have it sent again, or revoke it first."),
  ALREADY_MEMBER(409, "You are a member already", "Choose the workspace."),
  LAST_OWNER(409, "A tenant keeps at least one owner", "Make somebody else an owner first."),
  WORKSPACE_CHANGED(
      409, "The workspace was changed meanwhile", "Reload the page, and look where you are."),
  REQUEST_IN_PROGRESS(409, "The same request is being worked on", "Send it again a little later."),
  GONE(410, "It can no longer be used", "Ask for a new one."),
  INVITE_EXPIRED(410, "The invitation has expired", "Ask for a new one."),
  INVITE_REVOKED(410, "The invitation was taken back, or sent anew", "Look for a newer letter."),
  INVITE_USED(410, "The invitation was answered already", "Look at your workspaces."),
  INVITE_VOID(
      410, "Who invited you may not do so any more", "Ask an owner of that tenant for a new one."),
  PRECONDITION_FAILED(412, "It was changed meanwhile", "Read it again, and decide anew."),
  TOO_LARGE(413, "The request is too large", "Send less."),
  URI_TOO_LONG(414, "The address is too long", "Send less in it."),
  UNSUPPORTED_MEDIA_TYPE(
      415, "The body is in a form that is not read", "Send plain JSON, without an encoding."),
  MISDIRECTED_REQUEST(
      421, "This server does not answer for that host", "Use an address that the operator names."),
  INVALID_FIELD(422, "A field has a value that it cannot have", "Correct the field."),
  IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request", "Use a new key."),
  PRECONDITION_REQUIRED(428, "If-Match is missing", "Send the ETag that you read."),
  RATE_LIMITED(429, "Too many requests", "Wait as Retry-After says."),
  HEADERS_TOO_LARGE(431, "The header fields are too large", "Send less in them."),
  INTERNAL(500, "The server failed", "Tell the operator the request id."),
  NOT_IMPLEMENTED(501, "The server does not know this method", "Use one that it knows."),
  UNAVAILABLE(503, "Not available now", "Send it again a little later."),
  AUDIT_UNAVAILABLE(
      503, "Nothing can be recorded now, so nothing is answered", "Send it again a little later."),
  IDENTITY_PROVIDER_UNAVAILABLE(
      503, "The identity provider cannot be reached", "Sign in a little later."),
  RECEIPT_PENDING(
      503,
      "It is done, and its receipt is not there yet",
      "Send it again with the same Idempotency-Key, or ask for the record."),

  // What the specifications of OAuth call so: RFC 6749, 8628, 8693, 8707, 9396, 9449, 9470.
  INVALID_REQUEST(
      400,
      "The token to be exchanged is not good for this",
      "Show one that its issuer made a moment ago, for the audience and the program of the rule.",
      Kind.OAUTH_DENIAL),
  INVALID_CLIENT(
      401,
      "The client is not known, or did not show who it is",
      "Send the client's id, and an assertion that was never used before.",
      Kind.OAUTH),
  INVALID_GRANT(
      400,
      "What was to be exchanged is not good for this",
      "Begin anew: it has expired, was used, or belongs to another client.",
      Kind.OAUTH_DENIAL),
  AUTHORIZATION_PENDING(
      400,
      "Nobody has answered yet",
      "Ask again after the interval, until the code has expired.",
      Kind.OAUTH),
  SLOW_DOWN(
      400,
      "It was asked too soon",
      "Leave five seconds more between two questions from now on.",
      Kind.OAUTH),
  ACCESS_DENIED(400, "The person does not want it", "Begin anew only if they ask.", Kind.OAUTH),
  EXPIRED_TOKEN(
      400, "Nobody typed the code in time", "Begin anew, if somebody is there.", Kind.OAUTH),
  UNAUTHORIZED_CLIENT(
      400,
      "The client may not ask in this way",
      "Use a grant type that it is registered with.",
      Kind.OAUTH_DENIAL),
  UNSUPPORTED_GRANT_TYPE(
      400, "There is no such grant type", "Use one that the metadata names.", Kind.OAUTH),
  INVALID_SCOPE(
      400,
      "A scope does not exist, or is not for this client",
      "Ask for scopes that it was given.",
      Kind.OAUTH_DENIAL),
  INVALID_AUTHORIZATION_DETAILS(
      400,
      "The authorization details are none that can be asked for here",
      "Ask for one token of a type that the metadata names, with all its members and no others.",
      Kind.OAUTH_DENIAL),
  UNMET_AUTHENTICATION_REQUIREMENTS(
      400,
      "There is no such class of sign-in here",
      "Name one in acr_values that the metadata names.",
      Kind.OAUTH),
  INVALID_TARGET(
      400,
      "The resource is not this API",
      "Name the resource that the metadata names, or none.",
      Kind.OAUTH_DENIAL),
  INVALID_REDIRECT_URI(
      400,
      "A redirect URI is none that answers may go to",
      "Use https, this machine, or the scheme of an app.",
      Kind.OAUTH),
  INVALID_CLIENT_METADATA(
      400,
      "The client cannot be registered like that",
      "Ask for a public client, with a name, by authorization code.",
      Kind.OAUTH),
  INVALID_DPOP_PROOF(
      401,
      "The proof of possession is not valid",
      "Sign a new one, for this method, this address and this token.",
      Kind.OAUTH);

  private enum Kind {
    DENIAL,
    OTHER,
    OAUTH,
    OAUTH_DENIAL
  }

  private final int status;
  private final String title;
  private final String next;
  private final Kind kind;

  ProblemCode(int status, String title, String next) {
    this(status, title, next, Kind.OTHER);
  }

  ProblemCode(int status, String title, String next, Kind kind) {
    this.status = status;
    this.title = title;
    this.next = next;
    this.kind = kind;
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }

  /** As the client sees it: {@code not_found}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is the matter, for a person. */
  public String title() {
    return title;
  }

  /** What the caller can do, as a sentence. */
  public String next() {
    return next;
  }

  /**
   * Whether an authenticated caller is denied something by it. The edge writes one record of each
   * such answer, and none of the others.
   */
  public boolean isDenial() {
    return kind == Kind.DENIAL || kind == Kind.OAUTH_DENIAL;
  }

  /** Whether it is an error code of OAuth's own, which the authorization server says as it is. */
  public boolean isOfOauth() {
    return kind == Kind.OAUTH || kind == Kind.OAUTH_DENIAL;
  }
}
