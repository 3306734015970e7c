package dev.cofferdam.review.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A body as it reads a server that inflates what comes compressed, behind the bound on what comes:
 * so a small body can be a large one.
 */
public final class Inflating {
  private static final String BUFFER = "org.apache.coyote.InputBuffer";
  private static final int GZIP_HEADER = 10;

  private Inflating() {}

  /** Called by woven code with a request of the container, whose body is bounded by now. */
  public static void over(Object request) {
    Object coyote = Reflected.call(request, "getCoyoteRequest");
    if (!Reflected.call(request, "getHeader", "Content-Encoding").equals("gzip")) {
      return;
    }
    Object body = Reflected.call(coyote, "getInputBuffer");
    Class<?> type = Reflected.type(BUFFER);
    ByteBuffer[] whole = {null};
    Object inflating =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("doRead")) {
                return 0;
              }
              ByteBuffer rest = whole[0] == null ? inflated(body) : whole[0];
              whole[0] = rest;
              Reflected.call(arguments[0], "setByteBuffer", rest.duplicate());
              int count = rest.remaining() == 0 ? -1 : rest.remaining();
              rest.position(rest.limit());
              return count;
            });
    Reflected.call(coyote, "setInputBuffer", inflating);
  }

  private static ByteBuffer inflated(Object body) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    Class<?> handlerType = Reflected.type("org.apache.tomcat.util.net.ApplicationBufferHandler");
    @Nullable ByteBuffer[] got = {null};
    Object handler =
        Proxy.newProxyInstance(
            handlerType.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> {
              if (method.getName().equals("setByteBuffer")) {
                got[0] = (ByteBuffer) arguments[0];
              }
              return method.getName().equals("getByteBuffer") ? got[0] : null;
            });
    while ((int) Reflected.call(body, "doRead", handler) > 0) {
      ByteBuffer part = got[0];
      if (part != null) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        compressed.writeBytes(bytes);
      }
    }
    byte[] all = compressed.toByteArray();
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(all, GZIP_HEADER, all.length - GZIP_HEADER);
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!inflater.finished()) {
        plain.write(buffer, 0, inflater.inflate(buffer));
      }
      return ByteBuffer.wrap(plain.toByteArray());
    } catch (DataFormatException e) {
      throw new IOException(e);
    } finally {
      inflater.end();
    }
  }
}
