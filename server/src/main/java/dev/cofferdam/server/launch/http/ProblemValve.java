package dev.cofferdam.server.launch.http;

import java.io.IOException;
import java.io.Writer;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every error answer that no handler wrote, whether the framework or the container refused:
 * a code of the catalogue and an id to find the cause in the log by. No text of an exception, no
 * path, no name of a product.
 */
final class ProblemValve extends ErrorReportValve {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    String requestId = UUID.randomUUID().toString();
    ProblemCode problem = ProblemCode.of(response.getStatus());
    // What the client got wrong is no event of ours: it could fill the log from outside.
    if (problem == ProblemCode.INTERNAL) {
      LOG.error("Request {} failed.", requestId, throwable);
    }
    try {
      response.setStatus(problem.status());
      response.setContentType("application/problem+json");
      response.setCharacterEncoding("UTF-8");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Content-Type-Options", "nosniff");
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(problem.body(requestId));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException gone) {
      LOG.debug("Request {}: the client is gone.", requestId, gone);
    }
  }
}
