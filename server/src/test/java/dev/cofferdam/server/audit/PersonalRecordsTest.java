package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PersonalRecordsTest {
  private static final String ADDRESS = "somebody@example.com";

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final LogId log = new LogId.OfTenant(tenant.tenant());
  private final UUID subject = UUID.randomUUID();
  private final PersonalRecords personal = SERVER.bean(PersonalRecords.class);
  private final WrittenLogs logs = new WrittenLogs(SERVER);

  private Receipted invited() {
    Entry entry =
        Entry.done(log, new Actor.OfPerson(new PersonId(UUID.randomUUID())), "member.invited")
            .with(new PersonalData(subject, Map.of("address", ADDRESS)));
    return (Receipted) Scopes.call(tenant, () -> SERVER.bean(AuditLog.class).append(entry));
  }

  private PersonalRecords.Found find(RecordId record) {
    return Scopes.call(tenant, () -> personal.find(record));
  }

  @Test
  void aRecordNamesPersonalDataByTheirDigestAndHoldsNoneOfThem() {
    Receipted receipted = invited();

    AuditRecord record = logs.verified(receipted);
    assertThat(record.personal()).hasSize(64);
    assertThat(new String(record.encode(), StandardCharsets.UTF_8)).doesNotContain(ADDRESS);
    assertThat(find(receipted.id()))
        .isInstanceOfSatisfying(
            PersonalRecords.Found.Known.class,
            known -> assertThat(known.data().fields()).containsEntry("address", ADDRESS));
    assertThat(find(new RecordId(UUID.randomUUID()))).isEqualTo(new PersonalRecords.Found.None());
  }

  @Test
  void whoIsErasedIsForgottenAndTheProofsStayValid() {
    Receipted receipted = invited();

    Scopes.run(tenant, () -> personal.erase(subject));

    assertThat(find(receipted.id())).isEqualTo(new PersonalRecords.Found.Erased());
    logs.verified(receipted);
    assertThat(logs.settled(log))
        .extracting(AuditRecord::action)
        .contains("member.invited", "key.destroyed");
  }

  @Test
  void personalDataOfAnotherTenantAreNotThere() {
    Receipted receipted = invited();
    Scope.OfTenant other = SERVER.newTenant();

    assertThat(Scopes.call(other, () -> personal.find(receipted.id())))
        .isEqualTo(new PersonalRecords.Found.None());
  }
}
