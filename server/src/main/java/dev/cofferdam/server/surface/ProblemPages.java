package dev.cofferdam.server.surface;

/**
 * Shows refusals to people. The console fills this port, the edge asks it where a browser wants a
 * page and not a problem document. Safe for use by many threads.
 */
public interface ProblemPages {

  /**
   * The page, as HTML, with what is in the refusal and nothing of the request but its id.
   *
   * @param path of the request, with its query where asking for it again changes nothing: not to be
   *     shown, but the place to come back to after signing in
   */
  String page(Refusal refusal, RequestId request, String path);
}
