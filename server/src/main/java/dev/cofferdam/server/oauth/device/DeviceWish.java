package dev.cofferdam.server.oauth.device;

import dev.cofferdam.server.oauth.authorization.SignInDemand;
import java.util.Optional;

/**
 * What a program asks by a code, as the request has it.
 *
 * @param scope all that the client may be given when it is left out
 * @param details of a token of the person's own (RFC 9396), instead of a grant with scopes
 * @param demand how the person must have signed in
 */
public record DeviceWish(Optional<String> scope, Optional<String> details, SignInDemand demand) {}
