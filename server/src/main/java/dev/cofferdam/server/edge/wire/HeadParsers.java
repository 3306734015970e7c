package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.edge.EdgeRefusedException;
import java.lang.reflect.Field;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.http.parser.HttpHeaderParser;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link HeadParser} where the container has its own, which it offers no way to exchange. A
 * container that has it elsewhere is one that nobody has looked at: then nothing starts.
 */
final class HeadParsers {
  private static final @Nullable Field PARSER = field();

  private HeadParsers() {}

  private static @Nullable Field field() {
    for (Field field : Http11InputBuffer.class.getDeclaredFields()) {
      if (field.getType() == HttpHeaderParser.class) {
        field.setAccessible(true);
        return field;
      }
    }
    return null;
  }

  /** Looks whether there is the place for it. */
  static void require() {
    if (PARSER == null) {
      throw new EdgeRefusedException(
          "This version of the container reads header fields in another way than the one that Cofferdam was built with: build it with the version in pom.xml.");
    }
  }

  static void putInto(Http11InputBuffer input, MimeHeaders fields) {
    require();
    try {
      java.util.Objects.requireNonNull(PARSER).set(input, new HeadParser(input, fields));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the field was made accessible", e);
    }
  }
}
