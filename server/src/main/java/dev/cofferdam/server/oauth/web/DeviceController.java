package dev.cofferdam.server.oauth.web;

import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.authorization.SignInDemand;
import dev.cofferdam.server.oauth.device.DeviceRequests;
import dev.cofferdam.server.oauth.device.DeviceWish;
import dev.cofferdam.server.oauth.proof.Assertions;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a program without a browser of its own asks (RFC 8628, section 3.1). */
@RestController
class DeviceController {
  static final String PATH = "/oauth/device";

  /** The page on which a person types the code. */
  private static final String PAGE = "/device";

  private static final Duration LATER = Duration.ofMinutes(1);

  private final Assertions assertions;
  private final DeviceRequests requests;

  DeviceController(Assertions assertions, DeviceRequests requests) {
    this.assertions = assertions;
    this.requests = requests;
  }

  /**
   * What a program goes on with (RFC 8628, section 3.2). There is no address with the code in it:
   * whoever allows something has typed it.
   */
  record Waiting(
      ShownText deviceCode,
      ShownText userCode,
      String verificationUri,
      long expiresIn,
      long interval) {}

  @PostMapping(PATH)
  @Surface(
      summary = "Gives a program without a browser a code for a person to type.",
      access = Access.ANYONE,
      oauth = true,
      limit = "device",
      action = "device.ask",
      problems = {
        ProblemCode.INVALID_CLIENT,
        ProblemCode.UNAUTHORIZED_CLIENT,
        ProblemCode.INVALID_SCOPE,
        ProblemCode.INVALID_AUTHORIZATION_DETAILS,
        ProblemCode.UNMET_AUTHENTICATION_REQUIREMENTS,
        ProblemCode.INVALID_TARGET,
        ProblemCode.UNAVAILABLE
      })
  Waiting ask(
      Call call,
      @OAuthForm.Fields({
            "client_id",
            "client_assertion",
            "client_assertion_type",
            "scope",
            "authorization_details",
            "acr_values",
            "max_age",
            "resource"
          })
          OAuthForm form,
      HttpServletRequest request) {
    Issuer issuer = new Issuer(OwnOrigin.of(request));
    AuthenticatedClient client =
        assertions
            .client(form, issuer, PATH)
            .orElseThrow(() -> Refusal.of(ProblemCode.INVALID_CLIENT).thrown());
    if (!client.client().grants().contains(GrantType.DEVICE_CODE)) {
      throw Refusal.of(ProblemCode.UNAUTHORIZED_CLIENT).thrown();
    }
    if (!issuer.isOnlyResourceIn(form.all("resource"))) {
      throw Refusal.of(ProblemCode.INVALID_TARGET).thrown();
    }
    return switch (requests.ask(call, client, wish(form), issuer)) {
      case DeviceRequests.Asked(var device, var user, var goodFor) ->
          new Waiting(
              new ShownText(device.text()),
              new ShownText(user.text()),
              issuer.at(PAGE),
              goodFor.toSeconds(),
              DeviceRequests.INTERVAL.toSeconds());
      case DeviceRequests.ScopeRefused refused ->
          throw Refusal.of(ProblemCode.INVALID_SCOPE).thrown();
      case DeviceRequests.DetailsRefused refused ->
          throw Refusal.of(ProblemCode.INVALID_AUTHORIZATION_DETAILS).thrown();
      case DeviceRequests.TooMany many ->
          throw Refusal.of(ProblemCode.UNAVAILABLE).after(LATER).thrown();
    };
  }

  private static DeviceWish wish(OAuthForm form) {
    if (!SignInDemand.isWellFormed(form)) {
      throw Refusal.of(ProblemCode.MALFORMED_REQUEST).thrown();
    }
    return new DeviceWish(
        form.find("scope"),
        form.find("authorization_details"),
        SignInDemand.of(form)
            .orElseThrow(() -> Refusal.of(ProblemCode.UNMET_AUTHENTICATION_REQUIREMENTS).thrown()));
  }
}
