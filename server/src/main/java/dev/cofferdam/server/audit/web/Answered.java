package dev.cofferdam.server.audit.web;

import jakarta.servlet.http.HttpServletResponse;

/** Header fields of answers that are more than a body. */
final class Answered {
  private Answered() {}

  /** A browser saves it under this name. */
  static void asFile(String name, HttpServletResponse response) {
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /**
   * It never changes, and may be kept by who asked. The address is the same in every tenant: so it
   * is kept with the credential, which is another in another workspace.
   */
  static void forGood(HttpServletResponse response) {
    response.setHeader("Cache-Control", "private, max-age=31536000, immutable");
    response.addHeader("Vary", "Cookie");
  }
}
