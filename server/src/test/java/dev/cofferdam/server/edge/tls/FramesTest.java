package dev.cofferdam.server.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final byte[] PREFACE = new byte[24];
  private static final byte[] SETTINGS = frame(4, 0, 6);

  private final Frames frames = new Frames(1);

  private static byte[] frame(int type, int flags, int length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(FrameConnection.head(length, type, flags, 1));
    bytes.writeBytes(new byte[length]);
    return bytes.toByteArray();
  }

  private void came(long now, byte[]... all) {
    for (byte[] bytes : all) {
      frames.came(ByteBuffer.wrap(bytes), now);
    }
  }

  @Test
  void theFirstSettingsAreOwedFromTheBeginning() {
    assertThat(frames.owesSince()).isEqualTo(1);
    came(2, PREFACE);
    assertThat(frames.owesSince()).isEqualTo(1);
    came(3, SETTINGS);
    assertThat(frames.owesSince()).isEqualTo(Frames.NOTHING);
  }

  @Test
  void aFrameIsOwedFromItsFirstByteToItsLast() {
    came(2, PREFACE, SETTINGS);
    byte[] ping = frame(6, 0, 8);
    for (int i = 0; i < ping.length; i++) {
      came(10 + i, new byte[] {ping[i]});
      assertThat(frames.owesSince())
          .as("byte %d", i)
          .isEqualTo(i < ping.length - 1 ? 10 : Frames.NOTHING);
    }
  }

  @Test
  void aBlockOfFieldsIsOwedFromItsFirstFrameToItsLast() {
    came(2, PREFACE, SETTINGS);
    came(10, frame(1, 0, 5));
    came(20, frame(9, 0, 5));
    came(30, frame(9, 0, 0));
    assertThat(frames.owesSince()).isEqualTo(10);
    came(40, frame(9, 4, 5));
    assertThat(frames.owesSince()).isEqualTo(Frames.NOTHING);
  }

  @Test
  void aBodyHasATimeOfItsOwn() {
    came(2, PREFACE, SETTINGS);
    came(10, FrameConnection.head(100, 0, 0, 1));
    assertThat(frames.owesSince()).isEqualTo(Frames.NOTHING);
    came(11, new byte[40]);
    came(12, new byte[60]);
    assertThat(frames.owesSince()).isEqualTo(Frames.NOTHING);
    came(13, new byte[1]);
    assertThat(frames.owesSince()).isEqualTo(13);
  }

  @Test
  void severalFramesComeInOneAndOneInSeveral() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List.of(PREFACE, SETTINGS, frame(1, 4, 300), frame(4, 1, 0), frame(6, 0, 8))
        .forEach(all::writeBytes);
    all.writeBytes(new byte[] {0, 0});
    came(5, all.toByteArray());
    assertThat(frames.owesSince()).isEqualTo(5);
    came(6, new byte[] {0, 4, 1, 0, 0, 0, 0});
    assertThat(frames.owesSince()).isEqualTo(Frames.NOTHING);
  }
}
