package dev.cofferdam.server.tenancy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:5433/cofferdam",
        "jdbc:postgresql://localhost/cofferdam",
        "jdbc:postgresql://[::1]:5433/cofferdam"
      })
  void onThisMachineNoEncryptionIsNeeded(String url) {
    assertThat(DatabaseAddress.of(url).trustedRoots()).isNull();
  }

  @Test
  void offThisMachineTlsIsVerified() {
    assertThat(
            DatabaseAddress.of(
                "jdbc:postgresql://db.example.org/cofferdam?sslmode=verify-full&sslrootcert=/etc/ca.pem"))
        .isEqualTo(
            new DatabaseAddress("db.example.org", 5432, "cofferdam", Path.of("/etc/ca.pem")));
    assertThatThrownBy(() -> DatabaseAddress.of("jdbc:postgresql://db.example.org/cofferdam"))
        .hasMessageContaining("`db.example.org`, which is not this machine")
        .hasMessageContaining("sslmode=verify-full&sslrootcert=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example.org/c?sslmode=require&sslrootcert=/etc/ca.pem",
        "jdbc:postgresql://db.example.org/c?sslmode=verify-full",
        "jdbc:postgresql://localhost/c?autosave=always",
        "jdbc:postgresql://localhost/c?preferQueryMode=simple",
        "jdbc:postgresql://localhost/c?options=-c%20row_security=off",
        "jdbc:postgresql://user:secret@localhost/c",
        "jdbc:mysql://localhost/c",
        "postgresql://localhost/c",
        "jdbc:postgresql://localhost/",
        "jdbc:postgresql:c",
        "nonsense"
      })
  void whatWouldWeakenTheConnectionIsRefusedWithoutRepeatingASecret(String url) {
    assertThatThrownBy(() -> DatabaseAddress.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cofferdam.database.url")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "module a; module a | listed twice",
        "table tenant b.t | in no listed module",
        "module a; table tenant a.t; table tenant a.t | listed twice",
        "module a; table public a.t | line 2 of it is not understood",
        "module a; table platform a.t | line 2 of it is not understood",
        "module a; table person a.t placed | only a tenant's table is placed",
        "function everybody a.f() | line 1 of it is not understood"
      })
  void aListThatIsNotUnderstoodIsRefused(String text, String why) {
    assertThatThrownBy(() -> TableListReader.read("it", text.replace("; ", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
