package dev.cofferdam.review.agent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of every message on the control channel: a list of texts, each its length in four bytes
 * and then its UTF-8, with length −1 for null. It needs no library in the server's process.
 */
public final class Frames {
  private static final int MOST = 64 << 20;

  private Frames() {}

  /** Writes a message. */
  public static byte[] write(List<? extends @Nullable String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String text : texts) {
        if (text == null) {
          out.writeInt(-1);
        } else {
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          out.writeInt(utf8.length);
          out.write(utf8);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException when {@code bytes} are none
   */
  public static List<@Nullable String> read(byte[] bytes) {
    List<@Nullable String> texts = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        int length = in.readInt();
        if (length < -1 || length > MOST || length > in.available()) {
          throw new IllegalArgumentException("a text of " + length + " bytes does not fit");
        }
        texts.add(length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8));
      }
    } catch (IOException torn) {
      throw new IllegalArgumentException("the message is torn", torn);
    }
    return texts;
  }
}
