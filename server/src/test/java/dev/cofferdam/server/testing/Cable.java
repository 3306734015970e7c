package dev.cofferdam.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What connections to a PostgreSQL run through: it can be cut, and stalled. */
public final class Cable implements AutoCloseable {
  /** How PostgreSQL says that a transaction is committed: the end of the tag of its command. */
  private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket door;
  private final int port;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition flows = lock.newCondition();
  private final AtomicInteger commitsToCut = new AtomicInteger();
  private final AtomicLong commitsCut = new AtomicLong();
  private boolean stalled;

  /**
   * @param port on loopback, where it leads to
   */
  public Cable(int port) {
    this.port = port;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  /** Where it begins, on loopback. */
  public int port() {
    return door.getLocalPort();
  }

  /** Cuts every connection, in the middle of whatever it carries. */
  public void cut() {
    for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
      close(socket);
    }
  }

  /** Cuts the connection of the next commit, once it has taken place and before that is told. */
  public void cutAtCommit() {
    commitsToCut.incrementAndGet();
  }

  /** How many connections were cut at their commit. */
  public long commitsCut() {
    return commitsCut.get();
  }

  /** From now on nothing arrives, and nobody is told. */
  public void stall() {
    lock.lock();
    try {
      stalled = true;
    } finally {
      lock.unlock();
    }
  }

  /** What waits goes on. */
  public void flow() {
    lock.lock();
    try {
      stalled = false;
      flows.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket near = door.accept();
        sockets.add(near);
        Thread.startVirtualThread(() -> connect(near));
      }
    } catch (IOException closed) {
      // The door is shut.
    }
  }

  private void connect(Socket near) {
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      sockets.add(far);
      Thread.startVirtualThread(() -> carry(near, far, false));
      Thread.startVirtualThread(() -> carry(far, near, true));
    } catch (IOException refused) {
      close(near);
    }
  }

  private void carry(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        awaitFlow();
        if (answers && isCommitToCut(buffer, length)) {
          return;
        }
        out.write(buffer, 0, length);
      }
    } catch (IOException | InterruptedException ended) {
      // So it is for the other direction.
    }
  }

  private boolean isCommitToCut(byte[] answer, int length) {
    for (int at = 0; commitsToCut.get() > 0 && at <= length - COMMITTED.length; at++) {
      if (Arrays.equals(answer, at, at + COMMITTED.length, COMMITTED, 0, COMMITTED.length)) {
        commitsToCut.decrementAndGet();
        commitsCut.incrementAndGet();
        return true;
      }
    }
    return false;
  }

  private void awaitFlow() throws InterruptedException {
    lock.lock();
    try {
      while (stalled) {
        flows.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // That is what was wanted.
    }
  }

  @Override
  public void close() {
    flow();
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
