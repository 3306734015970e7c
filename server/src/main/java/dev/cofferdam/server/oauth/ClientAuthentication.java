package dev.cofferdam.server.oauth;

/** How a client shows who it is at the token endpoint. There are no secrets that both ends know. */
public sealed interface ClientAuthentication {
  /** As metadata names it (RFC 7591, section 2). */
  String method();

  /** A public client: it has nothing that others could not have too. */
  record None() implements ClientAuthentication {
    @Override
    public String method() {
      return "none";
    }
  }

  /** By an assertion that it signs (RFC 7523, section 2.2). */
  record PrivateKeyJwt(ClientKeys keys) implements ClientAuthentication {
    @Override
    public String method() {
      return "private_key_jwt";
    }
  }
}
