package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.edge.Problems;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RequestId;
import java.io.IOException;
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
    RequestId id = RequestIds.of(request);
    ProblemCode problem =
        BodyRefusedException.of(request).orElseGet(() -> Statuses.code(response.getStatus()));
    // What the client got wrong is no event of ours: it could fill the log from outside.
    if (problem == ProblemCode.INTERNAL) {
      LOG.error("Request {} failed.", id, throwable);
    }
    try {
      // The container may have begun anew.
      SecurityHeaders.set(request, response);
      Problems.write(response, Refusal.of(problem), id);
      response.finishResponse();
    } catch (IOException | IllegalStateException gone) {
      LOG.debug("Request {}: the client is gone.", id, gone);
    }
  }
}
