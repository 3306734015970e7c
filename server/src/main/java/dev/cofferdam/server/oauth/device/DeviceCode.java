package dev.cofferdam.server.oauth.device;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.oauth.authorization.Handle;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a program asks for its answer with, and redeems once there is one. */
public final class DeviceCode {
  private static final String WORD = "cofferdam_dev_";
  private static final int IDS = 1;

  private final Handle handle;

  private DeviceCode(Handle handle) {
    this.handle = handle;
  }

  static DeviceCode make(UUID device, SecureRandom random, RingMac ring) {
    return new DeviceCode(Handle.make(WORD, List.of(device), random, ring));
  }

  /** Reads one; empty when we have not made it. */
  static Optional<DeviceCode> of(String text, RingMac ring) {
    return Handle.of(WORD, IDS, text, ring).map(DeviceCode::new);
  }

  UUID device() {
    return handle.ids().getFirst();
  }

  byte[] hash() {
    return handle.hash();
  }

  /** To be shown to the program, and to nobody else. */
  public String text() {
    return handle.text();
  }

  @Override
  public String toString() {
    return "a device code";
  }
}
