package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.server.testing.RunningServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefusalsTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Refusals refusals = SERVER.bean(Refusals.class);

  private static List<AuditRecord> recorded(String kind) {
    return new WrittenLogs(SERVER)
        .settled(LogId.PLATFORM).stream().filter(record -> kind.equals(record.code())).toList();
  }

  @Test
  void manyRefusalsOfOneSourceAreOneRecord() throws UnknownHostException {
    RefusalSource source = RefusalSource.of(InetAddress.getByName("192.0.2.77"));
    for (int i = 0; i < 500; i++) {
      refusals.count("planted_flood", source);
    }
    refusals.closeWindow();
    refusals.closeWindow();

    List<AuditRecord> records = recorded("planted_flood");
    assertThat(records).hasSize(1);
    assertThat(records.getFirst().actor()).isEqualTo(new Party("network", "192.0.2.0/24"));
    assertThat(Objects.requireNonNull(records.getFirst().repetition()).count()).isEqualTo(500);
  }

  @Test
  void noNumberOfSourcesFillsTheLogOrTheMemory() {
    int many = 5 * Refusals.MOST_SOURCES;
    for (int i = 0; i < many; i++) {
      refusals.count("planted_swarm", new RefusalSource("198.51." + i + ".0/24"));
    }
    refusals.closeWindow();

    List<AuditRecord> records = recorded("planted_swarm");
    assertThat(records).hasSizeLessThanOrEqualTo(Refusals.MOST_SOURCES + 1);
    assertThat(records).extracting(AuditRecord::actor).contains(new Party("network", "others"));
    assertThat(
            records.stream()
                .mapToLong(record -> Objects.requireNonNull(record.repetition()).count())
                .sum())
        .isEqualTo(many);
  }

  @Test
  void ofAnAddressTheNetworkIsKept() throws UnknownHostException {
    assertThat(RefusalSource.of(InetAddress.getByName("2001:db8:1:2:3::4")).network())
        .isEqualTo("2001:db8:1:0:0:0:0:0/48");
  }
}
