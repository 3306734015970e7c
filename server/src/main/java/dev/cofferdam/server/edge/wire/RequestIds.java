package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.surface.RequestId;
import jakarta.servlet.ServletRequest;
import java.util.UUID;

/** Where the id of a request is kept while it is worked on. */
public final class RequestIds {
  private static final String ATTRIBUTE = RequestId.class.getName();

  private RequestIds() {}

  static void put(ServletRequest request, RequestId id) {
    request.setAttribute(ATTRIBUTE, id);
  }

  /** The id; one of zeros for a request that the container refused before it had one. */
  public static RequestId of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof RequestId id
        ? id
        : new RequestId(new UUID(0, 0));
  }
}
