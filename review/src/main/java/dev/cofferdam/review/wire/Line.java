package dev.cofferdam.review.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One connection that speaks HTTP/1.1, byte for byte as its attacker wants it: a usual client would
 * put right what is to be sent wrong, and hide what its time went into. Kept open between requests.
 * Not thread-safe.
 */
public final class Line implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String END = "\r\n";

  private final Socket socket;
  private final Road road;
  private final OutputStream out;
  private final Incoming in;
  private boolean open = true;
  private BiConsumer<Ask, Reply> watched = (_, _) -> {};
  private @Nullable Ask asked;

  private Line(Socket socket, Road road) throws IOException {
    this.socket = socket;
    this.road = road;
    this.out = socket.getOutputStream();
    this.in = new Incoming(socket.getInputStream());
  }

  /** Connects. */
  public static Line open(Site site) throws IOException {
    return over(site.road().connect(site.host(), site.port()), site.road());
  }

  /** Over a connection that somebody else made, such as one with TLS. */
  public static Line over(Socket socket) throws IOException {
    return over(socket, Road.PLAIN);
  }

  private static Line over(Socket socket, Road road) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return new Line(socket, road);
  }

  /**
   * The same, of which somebody is told what is asked, as far as it can be read, and the answer.
   */
  public Line watched(BiConsumer<Ask, Reply> by) {
    watched = by;
    return this;
  }

  /** Whether another request can be sent. */
  public boolean isOpen() {
    return open;
  }

  /** Whether something has come that was not read yet: an answer before the request was whole. */
  public boolean isAnswered() throws IOException {
    return in.isWaiting();
  }

  /** Sends {@code ask} with what frames it, and reads the answer. */
  public Reply ask(Ask ask) throws IOException {
    asked = ask;
    begin(bytes(ask));
    return read(ask.method().equals("HEAD"));
  }

  /**
   * Sends exactly these bytes, but for what the way to the server adds to the head of a request.
   */
  public void write(byte[] bytes) throws IOException {
    if (asked == null) {
      asked = parsed(bytes);
      begin(bytes);
    } else {
      send(bytes);
    }
  }

  /** Sends the beginning of a request, marked where it has a head that can carry a mark. */
  private void begin(byte[] bytes) throws IOException {
    road.turn();
    send(road.marks().isEmpty() ? bytes : marked(bytes));
  }

  private byte[] marked(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int first = text.indexOf(END) + END.length();
    return text.substring(0, first).endsWith(" HTTP/1.1" + END)
        ? (text.substring(0, first) + marks() + text.substring(first))
            .getBytes(StandardCharsets.ISO_8859_1)
        : bytes;
  }

  private String marks() {
    return road.marks().stream()
        .map(field -> field.name() + ": " + field.value() + END)
        .collect(Collectors.joining());
  }

  private void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends exactly this text. */
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads the next answer.
   *
   * @param bodiless whether it answers a HEAD
   * @throws EOFException when the server has closed the connection instead
   */
  public Reply read(boolean bodiless) throws IOException {
    long sent = System.nanoTime();
    String status = line();
    long nanos = System.nanoTime() - sent;
    String[] words = status.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/")) {
      throw new IOException("`" + status + "` begins no answer");
    }
    int code = Integer.parseInt(words[1]);
    List<Ask.Field> fields = fields();
    if (code < 200) {
      return read(bodiless);
    }
    byte[] body = bodiless || code == 204 || code == 304 ? new byte[0] : body(fields);
    if (value(fields, "Connection").toLowerCase(Locale.ROOT).contains("close")) {
      close();
    }
    Reply reply = new Reply(code, fields, body, nanos);
    Ask answered = asked == null ? Ask.of("", "") : asked;
    watched.accept(answered, reply);
    road.met(answered, reply);
    asked = null;
    return reply;
  }

  /** What is asked by what was written first, as far as it looks like a request. */
  private static Ask parsed(byte[] bytes) {
    List<String> head = new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
    String[] words = head.isEmpty() ? new String[0] : head.getFirst().split(" ");
    if (words.length != 3) {
      return Ask.of("", "");
    }
    Ask ask = Ask.of(words[0], words[1]);
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        break;
      }
      ask = ask.with(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return ask;
  }

  private static byte[] bytes(Ask ask) {
    StringBuilder head = new StringBuilder();
    head.append(ask.method()).append(' ').append(ask.target()).append(" HTTP/1.1\r\n");
    for (Ask.Field field : ask.fields()) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    byte[] body = ask.body();
    if (body != null && !ask.has("Content-Length") && !ask.has("Transfer-Encoding")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    if (body != null) {
      all.writeBytes(body);
    }
    return all.toByteArray();
  }

  private List<Ask.Field> fields() throws IOException {
    List<Ask.Field> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("`" + line + "` is no header field");
      }
      fields.add(new Ask.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return fields;
  }

  private byte[] body(List<Ask.Field> fields) throws IOException {
    if (value(fields, "Transfer-Encoding").equalsIgnoreCase("chunked")) {
      return chunks();
    }
    String length = value(fields, "Content-Length");
    if (!length.isEmpty()) {
      return in.exactly(Integer.parseInt(length));
    }
    byte[] rest = in.rest();
    close();
    return rest;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = chunk(); size > 0; size = chunk()) {
      all.writeBytes(in.exactly(size));
      line();
    }
    fields();
    return all.toByteArray();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private String line() throws IOException {
    try {
      return in.line();
    } catch (EOFException closed) {
      open = false;
      throw closed;
    }
  }

  private static String value(List<Ask.Field> fields, String name) {
    for (Ask.Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return field.value();
      }
    }
    return "";
  }

  @Override
  public void close() {
    open = false;
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
      @Nullable String why = gone.getMessage();
      System.getLogger(Line.class.getName()).log(System.Logger.Level.DEBUG, why);
    }
  }
}
