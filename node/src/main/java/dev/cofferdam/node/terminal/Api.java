package dev.cofferdam.node.terminal;

import dev.cofferdam.node.client.RefusedByServerException;
import dev.cofferdam.node.client.Reply;
import dev.cofferdam.node.client.UnusableHomeException;
import dev.cofferdam.node.client.Wire;
import java.io.IOException;
import java.util.Map;

/** Asks the server as whoever has logged in, and renews the login before it is over. */
final class Api {
  private final LoginFile file;
  private final Patience patience;

  Api(LoginFile file, Patience patience) {
    this.file = file;
    this.patience = patience;
  }

  /**
   * A login that is good a while longer.
   *
   * @throws UnusableHomeException when nobody has logged in
   */
  Login login() throws IOException {
    return file.alone(
        held -> {
          Login known =
              held.read()
                  .orElseThrow(
                      () ->
                          new UnusableHomeException(
                              "Nobody has logged in here: run `cofferdam login` first."));
          Login fresh = tokens(known).fresh(known);
          if (fresh != known) {
            held.write(fresh);
          }
          return fresh;
        });
  }

  /** How a login is renewed and ended. */
  Tokens tokens(Login login) {
    return new Tokens(new Wire(login.server()), login.at(), patience);
  }

  /** What the server answers, which is what was asked. */
  Reply get(String path) throws IOException {
    return ask("GET", path);
  }

  /** The same, which ends something. */
  Reply delete(String path) throws IOException {
    return ask("DELETE", path);
  }

  private Reply ask(String method, String path) throws IOException {
    Login login = login();
    Wire wire = new Wire(login.server());
    Reply reply =
        patience.send(
            () ->
                wire.send(
                    method, path, Map.of("Authorization", "Bearer " + login.accessToken()), null));
    if (!reply.isDone()) {
      throw RefusedByServerException.of(reply);
    }
    return reply;
  }
}
