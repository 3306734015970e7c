package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.oauth.authorization.AuthorizationRequest.AnswerPlace;
import dev.cofferdam.server.oauth.client.Application;
import dev.cofferdam.server.oauth.client.Applications;
import dev.cofferdam.server.oauth.client.RedirectUri;
import dev.cofferdam.server.surface.OAuthForm;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what a client asks for, in the one order that leaves no way around a check: first who asks
 * and where the answer goes, and until both are known to belong together nothing goes anywhere;
 * then the rest. Nothing is kept: the request comes whole each time, and is read anew.
 */
public final class AuthorizationRequests {
  /** Where clients send browsers to. */
  public static final String PATH = "/oauth/authorize";

  /** What is read of a request; of everything else it is as if it were not there. */
  public static final List<String> PARAMETERS =
      OAuthForm.names(
          Objects.requireNonNull(AuthorizationFields.class.getAnnotation(OAuthForm.Fields.class)));

  private static final int LONGEST_STATE = 500;
  // VSCHAR (RFC 6749, appendix A.5).
  private static final Pattern STATE = Pattern.compile("[\\x20-\\x7E]{1," + LONGEST_STATE + "}");
  // Of 32 bytes: what SHA-256 gives, and nothing else is S256.
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final List<Applications> clients;

  AuthorizationRequests(List<Applications> clients) {
    this.clients = List.copyOf(clients);
  }

  /**
   * Reads one.
   *
   * @param form what the request has, no parameter twice
   * @throws org.springframework.dao.DataAccessException when it cannot be known who asks
   */
  public Reading read(OAuthForm form, Issuer issuer) {
    Optional<Application> client =
        form.find("client_id").flatMap(ClientId::ofText).flatMap(this::find);
    if (client.isEmpty()) {
      return new Reading.Unfounded("client_id");
    }
    Optional<RedirectUri> to =
        form.find("redirect_uri").flatMap(RedirectUri::of).filter(client.get()::answersAt);
    if (to.isEmpty()) {
      return new Reading.Unfounded("redirect_uri");
    }
    Optional<String> state = form.find("state").filter(text -> STATE.matcher(text).matches());
    AnswerPlace place = new AnswerPlace(to.get(), state, issuer);
    return fault(form, client.get(), place)
        .<Reading>map(fault -> new Reading.Faulty(place, fault))
        .orElseGet(() -> new Reading.Good(request(form, client.get(), place)));
  }

  /** Whether it takes a look at another site to know who asks. */
  public static boolean isLookedUp(OAuthForm form) {
    return form.find("client_id")
        .flatMap(ClientId::ofText)
        .filter(Application::isLookedUp)
        .isPresent();
  }

  private Optional<Application> find(ClientId id) {
    return clients.stream().flatMap(some -> some.find(id).stream()).findFirst();
  }

  private static Optional<RequestFault> fault(
      OAuthForm form, Application client, AnswerPlace place) {
    return Stream.of(
            when(form.find("request").isPresent(), RequestFault.REQUEST_NOT_SUPPORTED),
            when(form.find("request_uri").isPresent(), RequestFault.REQUEST_URI_NOT_SUPPORTED),
            // What is not understood is not left out: more would be consented to than is shown.
            when(
                form.find("authorization_details").isPresent(),
                RequestFault.INVALID_AUTHORIZATION_DETAILS),
            when(form.find("response_type").isEmpty(), RequestFault.INVALID_REQUEST),
            when(
                form.find("response_type").filter("code"::equals).isEmpty(),
                RequestFault.UNSUPPORTED_RESPONSE_TYPE),
            when(!isWellFormed(form), RequestFault.INVALID_REQUEST),
            when(
                !place.issuer().isOnlyResourceIn(form.all("resource")),
                RequestFault.INVALID_TARGET),
            when(client.allowed(form.find("scope")).isEmpty(), RequestFault.INVALID_SCOPE),
            when(SignInDemand.of(form).isEmpty(), RequestFault.UNMET_AUTHENTICATION_REQUIREMENTS),
            when(
                form.find("prompt").filter("none"::equals).isPresent(),
                RequestFault.INTERACTION_REQUIRED))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<RequestFault> when(boolean wrong, RequestFault fault) {
    return wrong ? Optional.of(fault) : Optional.empty();
  }

  private static boolean isWellFormed(OAuthForm form) {
    return form.find("state").map(text -> STATE.matcher(text).matches()).orElse(true)
        && isProvable(form)
        && form.find("response_mode").map("query"::equals).orElse(true)
        && SignInDemand.isWellFormed(form)
        && form.find("dpop_jkt").map(CHALLENGE.asMatchPredicate()::test).orElse(true)
        && back(form).isPresent();
  }

  /**
   * Whether there is a challenge that only its client can answer. Left out, its method would be
   * `plain`, by which whoever sees the request can redeem the code.
   */
  private static boolean isProvable(OAuthForm form) {
    return form.find("code_challenge").filter(CHALLENGE.asMatchPredicate()).isPresent()
        && form.find("code_challenge_method").filter("S256"::equals).isPresent();
  }

  private static AuthorizationRequest request(
      OAuthForm form, Application client, AnswerPlace place) {
    return new AuthorizationRequest(
        client,
        place,
        client.allowed(form.find("scope")).orElseThrow(),
        form.get("code_challenge"),
        SignInDemand.of(form).orElseThrow(),
        form.find("dpop_jkt").map(KeyThumbprint::new));
  }

  /**
   * The same request as a path of ours, to come back to; empty when it is too long for one.
   *
   * @param form that was read before
   */
  public static Optional<ReturnPath> back(OAuthForm form) {
    return ReturnPath.of(
        PARAMETERS.stream()
            .flatMap(
                name -> form.all(name).stream().map(value -> name + "=" + Answer.encoded(value)))
            .collect(Collectors.joining("&", PATH + "?", "")));
  }
}
