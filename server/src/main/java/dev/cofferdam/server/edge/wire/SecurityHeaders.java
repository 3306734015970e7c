package dev.cofferdam.server.edge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/** The header fields that every answer carries (OWASP Secure Headers). */
final class SecurityHeaders {
  private static final List<Field> ALWAYS =
      List.of(
          field(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
                  + " frame-ancestors 'none'"),
          field("X-Content-Type-Options", "nosniff"),
          field("X-Frame-Options", "DENY"),
          // Not `no-referrer`: with it browsers send `Origin: null` with our own forms.
          field("Referrer-Policy", "same-origin"),
          field("Cross-Origin-Opener-Policy", "same-origin"),
          field("Cross-Origin-Resource-Policy", "same-origin"),
          field(
              "Permissions-Policy",
              "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
          // What may be kept says so itself.
          field("Cache-Control", "no-store"));

  /** As it goes over the wire: the container would encode the same text for each answer anew. */
  private record Field(String name, byte[] written, byte[] value) {
    void setIn(MimeHeaders fields) {
      int known = fields.findHeader(name, 0);
      MessageBytes there =
          known < 0 ? fields.addValue(written, 0, written.length) : fields.getValue(known);
      there.setBytes(value, 0, value.length);
    }
  }

  private SecurityHeaders() {}

  private static Field field(String name, String value) {
    return new Field(name, name.getBytes(ISO_8859_1), value.getBytes(ISO_8859_1));
  }

  /** Sets them, whatever the answer will be. */
  static void set(Request request, Response response) {
    MimeHeaders fields = response.getCoyoteResponse().getMimeHeaders();
    ALWAYS.forEach(field -> field.setIn(fields));
    // On its own machine a browser would ask every other server for TLS from then on.
    if (request.isSecure() && !isLoopback(request.getServerName())) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
  }

  private static boolean isLoopback(@Nullable String host) {
    return host == null || Perimeter.LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }
}
