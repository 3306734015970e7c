package dev.cofferdam.server.tenancy.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A wire between driver and server that counts round trips: how often the driver spoke again after
 * an answer. It can be cut.
 */
final class Wire implements AutoCloseable {
  private final ServerSocket door;
  private final int serverPort;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private int trips;
  private boolean driverSpokeLast;
  private volatile boolean cutAtNextTrip;

  Wire(int serverPort) {
    this.serverPort = serverPort;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  synchronized int trips() {
    return trips;
  }

  /** Lets the next message of the driver through, and nothing after it. */
  void cutAtNextTrip() {
    cutAtNextTrip = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket driver = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        driver.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(driver);
        sockets.add(server);
        AtomicBoolean cut = new AtomicBoolean();
        Thread.startVirtualThread(() -> carry(driver, server, true, cut));
        Thread.startVirtualThread(() -> carry(server, driver, false, cut));
      }
    } catch (IOException closed) {
      // The door is shut.
    }
  }

  private void carry(Socket from, Socket to, boolean byDriver, AtomicBoolean cut) {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        if (!byDriver && cut.get()) {
          return;
        }
        // Before the message goes on: its answer may be there before this thread runs again.
        if (byDriver && cutAtNextTrip) {
          cutAtNextTrip = false;
          cut.set(true);
        }
        spoke(byDriver);
        out.write(buffer, 0, length);
        if (cut.get()) {
          return;
        }
      }
    } catch (IOException ended) {
      // So it is for the other direction.
    }
  }

  private synchronized void spoke(boolean driver) {
    if (driver && !driverSpokeLast) {
      trips++;
    }
    driverSpokeLast = driver;
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
