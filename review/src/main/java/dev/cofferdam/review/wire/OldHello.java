package dev.cofferdam.review.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/**
 * The first message of a TLS handshake as old and careless clients send it (RFC 5246, section
 * 7.4.1.2), which no library makes any more.
 */
public final class OldHello {
  public static final int TLS_1_0 = 0x0301;
  public static final int TLS_1_1 = 0x0302;
  public static final int TLS_1_2 = 0x0303;

  /** With ECDHE and AES in CBC mode, without authenticated encryption. */
  public static final int CBC = 0xc009;

  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int PATIENCE_MILLIS = 10_000;

  private OldHello() {}

  /** What the server says to it: {@code goes on}, or how it refuses. */
  public static String answer(int port, int version, int suite) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(record(version, suite));
      socket.getOutputStream().flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int type = in.readUnsignedByte();
      in.readUnsignedShort();
      byte[] content = in.readNBytes(in.readUnsignedShort());
      return switch (type) {
        case HANDSHAKE -> "goes on";
        case ALERT -> "alert " + content[1];
        default -> "something else";
      };
    } catch (EOFException | SocketException cut) {
      return "cut";
    }
  }

  private static byte[] record(int version, int suite) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream hello = new DataOutputStream(body);
    hello.writeShort(version);
    hello.write(new byte[32]);
    hello.writeByte(0);
    hello.writeShort(2);
    hello.writeShort(suite);
    hello.write(new byte[] {1, 0});
    // P-256, uncompressed points, and signatures by ECDSA with SHA-256, -1 and -384.
    byte[] extensions = {
      0, 10, 0, 4, 0, 2, 0, 23, //
      0, 11, 0, 2, 1, 0, //
      0, 13, 0, 8, 0, 6, 4, 3, 2, 3, 5, 3
    };
    hello.writeShort(extensions.length);
    hello.write(extensions);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream record = new DataOutputStream(bytes);
    record.writeByte(HANDSHAKE);
    record.writeShort(TLS_1_0);
    record.writeShort(body.size() + 4);
    record.writeByte(1);
    record.writeByte(0);
    record.writeShort(body.size());
    record.write(body.toByteArray());
    return bytes.toByteArray();
  }
}
