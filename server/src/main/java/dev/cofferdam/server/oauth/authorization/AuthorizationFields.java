package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.surface.OAuthForm;

/** The fields of a request for authorization, for every handler that takes one. */
@OAuthForm.Fields(
    value = {
      "response_type",
      "client_id",
      "redirect_uri",
      "scope",
      "state",
      "code_challenge",
      "code_challenge_method",
      "resource",
      "acr_values",
      "max_age",
      "dpop_jkt"
    },
    required = {
      "response_type",
      "client_id",
      "redirect_uri",
      "code_challenge",
      "code_challenge_method"
    })
public interface AuthorizationFields {}
