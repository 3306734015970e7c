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
        Thread.startVirtualThread(() -> carry(driver, server, true));
        Thread.startVirtualThread(() -> carry(server, driver, false));
      }
    } catch (IOException closed) {
      // The door is shut.
    }
  }

  private void carry(Socket from, Socket to, boolean byDriver) {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        spoke(byDriver);
        out.write(buffer, 0, length);
        if (byDriver && cutAtNextTrip) {
          cutAtNextTrip = false;
          return;
        }
      }
    } catch (IOException cut) {
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
