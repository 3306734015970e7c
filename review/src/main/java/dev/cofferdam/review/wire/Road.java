package dev.cofferdam.review.wire;

import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** The way to a server: what connections are made of, and what every request on them carries. */
public interface Road {
  /** In the clear, at once, and carrying nothing: the way to a server of one's own. */
  Road PLAIN = new Plain();

  /** {@code http} or {@code https}. */
  String scheme();

  /** The port that goes without saying. */
  default int usualPort() {
    return scheme().equals("https") ? 443 : 80;
  }

  /** Connects, and knows whom it is connected to as well as the scheme promises. */
  Socket connect(String host, int port) throws IOException;

  /** The header fields by which whoever looks at a request sees whose it is. */
  List<Ask.Field> marks();

  /** Returns when it is a request's turn. */
  void turn();

  /** Is told every answer. */
  void met(Ask asked, Reply reply);

  /** The plain one. */
  final class Plain implements Road {
    private Plain() {}

    @Override
    public String scheme() {
      return "http";
    }

    @Override
    public Socket connect(String host, int port) throws IOException {
      return new Socket(host, port);
    }

    @Override
    public List<Ask.Field> marks() {
      return List.of();
    }

    @Override
    public void turn() {}

    @Override
    public void met(Ask asked, Reply reply) {}
  }
}
