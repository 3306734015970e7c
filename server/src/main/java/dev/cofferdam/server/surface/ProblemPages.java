package dev.cofferdam.server.surface;

/**
 * Shows refusals to people. The console fills this port, the edge asks it where a browser wants a
 * page and not a problem document. Safe for use by many threads.
 */
public interface ProblemPages {

  /** The page, as HTML, with what is in the refusal and nothing of the request but its id. */
  String page(Refusal refusal, RequestId request);
}
