package dev.cofferdam.server.edge.tls;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/**
 * The first message of a TLS handshake as old or careless clients send it (RFC 5246, section
 * 7.4.1.2), which no library makes any more.
 */
final class ClientHello {
  static final int TLS_1_0 = 0x0301;
  static final int TLS_1_1 = 0x0302;
  static final int TLS_1_2 = 0x0303;
  static final int ECDHE_ECDSA_AES_128_GCM = 0xc02b;
  static final int ECDHE_ECDSA_AES_128_CBC = 0xc009;
  static final int RSA_AES_128_CBC = 0x002f;

  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;

  private ClientHello() {}

  /** What the server says to it: {@code goes on}, or {@code alert} and its number. */
  static String answer(Socket socket, int version, int... suites) throws IOException {
    socket.setSoTimeout(15_000);
    socket.getOutputStream().write(record(version, suites));
    socket.getOutputStream().flush();
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int type = in.readUnsignedByte();
    in.readUnsignedShort();
    int length = in.readUnsignedShort();
    if (type == HANDSHAKE) {
      return "goes on";
    }
    byte[] alert = in.readNBytes(length);
    return type == ALERT ? "alert " + alert[1] : "something else";
  }

  private static byte[] record(int version, int... suites) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream hello = new DataOutputStream(body);
    hello.writeShort(version);
    hello.write(new byte[32]);
    hello.writeByte(0);
    hello.writeShort(2 * suites.length);
    for (int suite : suites) {
      hello.writeShort(suite);
    }
    hello.write(new byte[] {1, 0});
    byte[] extensions = extensions();
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

  /** P-256, uncompressed points, and signatures by ECDSA with SHA-256 and -384 and by RSA. */
  private static byte[] extensions() {
    return new byte[] {
      0, 10, 0, 4, 0, 2, 0, 23, //
      0, 11, 0, 2, 1, 0, //
      0, 13, 0, 8, 0, 6, 4, 3, 5, 3, 4, 1
    };
  }
}
