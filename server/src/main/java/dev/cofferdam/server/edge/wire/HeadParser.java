package dev.cofferdam.server.edge.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.http.parser.HttpHeaderParser;

/**
 * Reads the fields of a head as the container does, but for two things that others read in another
 * way: a field that is folded over two lines (RFC 9112, section 5.2), which the container joins,
 * and a line that ends with LF alone (section 2.2). Both are no request.
 */
final class HeadParser extends HttpHeaderParser {
  private final Lines lines;

  HeadParser(HeaderDataSource source, MimeHeaders fields) {
    this(new Lines(source), fields);
  }

  private HeadParser(Lines lines, MimeHeaders fields) {
    super(lines, fields, false);
    this.lines = lines;
  }

  @Override
  public HeaderParseStatus parseHeader() throws IOException {
    lines.begin();
    return super.parseHeader();
  }

  @Override
  public void recycle() {
    super.recycle();
    // The superclass calls it before there are any.
    if (lines != null) {
      lines.recycle();
    }
  }

  /**
   * The bytes of the head, looked at as they come: the container writes over them while it reads.
   */
  private static final class Lines implements HeaderDataSource {
    private final HeaderDataSource source;
    private boolean begun;
    private boolean ended;

    // How the line has begun that is being looked at.
    private int length;

    Lines(HeaderDataSource source) {
      this.source = source;
    }

    void recycle() {
      begun = false;
      ended = false;
      length = 0;
    }

    /** What came together with the first line is there already. */
    void begin() {
      if (!begun) {
        begun = true;
        ByteBuffer head = source.getHeaderByteBuffer();
        look(head, head.position());
      }
    }

    @Override
    public boolean fillHeaderBuffer() throws IOException {
      int had = source.getHeaderByteBuffer().limit();
      boolean more = source.fillHeaderBuffer();
      look(source.getHeaderByteBuffer(), had);
      return more;
    }

    @Override
    public ByteBuffer getHeaderByteBuffer() {
      return source.getHeaderByteBuffer();
    }

    /** From {@code at} to the end of the head; what is behind that is body, or another request. */
    private void look(ByteBuffer head, int at) {
      for (int i = at; i < head.limit() && !ended; i++) {
        byte next = head.get(i);
        if (next == '\n') {
          ended = length == 0;
          length = 0;
        } else if (next != '\r') {
          if (length == 0 && (next == ' ' || next == '\t')) {
            throw new IllegalArgumentException("a header field is folded");
          }
          length++;
        }
      }
    }
  }
}
