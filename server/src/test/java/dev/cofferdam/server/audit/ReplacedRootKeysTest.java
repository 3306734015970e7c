package dev.cofferdam.server.audit;

import dev.cofferdam.server.keyring.RootKeyReplacements;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That a root key was replaced while no server ran stands in the platform's log soon after. */
class ReplacedRootKeysTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.own();

  @Test
  void aReplacementIsRecordedByTheServerThatStartsNext() {
    SERVER
        .superuser()
        .sql(
            """
            insert into keyring.root_key_replacement
              (new_root_key_id, old_root_key_id, begun_at, ended_at, rewrapped, unopenable)
            values ('0000000000000002', '0000000000000001', now(), now(), 7, 0)
            """)
        .update();
    ReplacedRootKeys next =
        new ReplacedRootKeys(SERVER.bean(RootKeyReplacements.class), SERVER.bean(Outbox.class));
    next.start();

    Soon.holds(
        () ->
            SERVER
                .superuser()
                .sql(
                    """
                    select exists (select from audit.platform_leaf
                                    where convert_from(record, 'UTF8') like '%root_key.replaced%')
                    """)
                .query(Boolean.class)
                .single());
    next.stop();
  }
}
