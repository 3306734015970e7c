package dev.cofferdam.server.edge.tls;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** One of the two ports. */
public enum Port {
  /** Pages and API, for everybody. */
  PUBLIC,
  /** Health and metrics, for whoever runs the platform. */
  MANAGEMENT;

  boolean speaksTls(TlsSettings settings) {
    return switch (this) {
      case PUBLIC -> settings.isOn();
      case MANAGEMENT -> settings.isOnForManagement();
    };
  }

  /** Refuses an address that others reach in plain. */
  void require(TlsSettings settings, @Nullable InetAddress address) {
    switch (this) {
      case PUBLIC -> settings.requirePublic(address);
      case MANAGEMENT -> settings.requireManagement(address);
    }
  }
}
