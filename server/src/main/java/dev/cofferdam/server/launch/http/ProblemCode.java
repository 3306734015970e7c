package dev.cofferdam.server.launch.http;

/** The closed catalogue of what an error answer may say. */
enum ProblemCode {
  MALFORMED_REQUEST(400, "malformed_request", "The request is malformed"),
  NOT_FOUND(404, "not_found", "Not found"),
  METHOD_NOT_ALLOWED(405, "method_not_allowed", "Method not allowed"),
  TOO_LARGE(413, "too_large", "The request is too large"),
  INTERNAL(500, "internal", "The server failed"),
  UNAVAILABLE(503, "unavailable", "Not available now");

  private final int status;
  private final String code;
  private final String title;

  ProblemCode(int status, String code, String title) {
    this.status = status;
    this.code = code;
    this.title = title;
  }

  /** The code for whatever status the container or the framework came up with. */
  static ProblemCode of(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 413, 414, 431 -> TOO_LARGE;
      case 503 -> UNAVAILABLE;
      default -> status < 500 ? MALFORMED_REQUEST : INTERNAL;
    };
  }

  int status() {
    return status;
  }

  /** The body of the answer (RFC 9457). Nothing in it comes from the request. */
  String body(String requestId) {
    return """
    {"type":"about:blank","title":"%s","status":%d,"code":"%s","request_id":"%s"}"""
        .formatted(title, status, code, requestId);
  }
}
