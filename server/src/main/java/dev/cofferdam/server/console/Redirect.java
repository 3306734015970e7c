package dev.cofferdam.server.console;

import jakarta.servlet.http.HttpServletResponse;

/**
 * The way on after a form: the browser asks for the next page with GET (RFC 9110 section 15.4.4).
 */
final class Redirect {
  private Redirect() {}

  /**
   * @return the body, which is empty
   */
  static String to(String path, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", path);
    return "";
  }
}
