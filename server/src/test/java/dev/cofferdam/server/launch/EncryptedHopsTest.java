package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.server.audit.witness.WitnessSettings;
import dev.cofferdam.server.identity.oidc.IdpSettings;
import dev.cofferdam.server.limits.LimitsSettings;
import dev.cofferdam.server.mail.MailSettings;
import dev.cofferdam.server.tenancy.database.DatabaseSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Nothing off this machine is spoken to without TLS that verifies: the settings are refused. */
class EncryptedHopsTest {
  private static final Map<String, Class<?>> RECORDS =
      Map.of(
          "cofferdam.database", DatabaseSettings.class,
          "cofferdam.limits", LimitsSettings.class,
          "cofferdam.idp", IdpSettings.class,
          "cofferdam.mail", MailSettings.class,
          "cofferdam.audit.witness", WitnessSettings.class);

  private static final Map<String, String> ALONG =
      Map.of(
          "cofferdam.idp.client-id",
          "cofferdam",
          "cofferdam.audit.witness.public-key",
          NoteKey.of("w.example", NoteKey.Use.values()[0], new byte[32]).toString());

  private static void bind(String setting, String value, @Nullable String more) {
    Map<String, String> given = new HashMap<>();
    given.put(setting, value);
    ALONG.forEach(
        (name, along) -> {
          if (name.substring(0, name.lastIndexOf('.'))
              .equals(setting.substring(0, setting.lastIndexOf('.')))) {
            given.put(name, along);
          }
        });
    if (more != null) {
      given.put(more.split("=")[0], more.split("=")[1]);
    }
    RECORDS.forEach(
        (prefix, record) -> {
          if (setting.startsWith(prefix + ".")) {
            new Binder(new MapConfigurationPropertySource(given))
                .bindOrCreate(prefix, Bindable.of(record));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "cofferdam.database.url, jdbc:postgresql://db.example.com/cofferdam",
    "cofferdam.database.url, jdbc:postgresql://10.0.0.1/cofferdam",
    "cofferdam.database.url, jdbc:postgresql://db.example.com/cofferdam?sslmode=require&sslrootcert=a",
    "cofferdam.database.url, jdbc:postgresql://db.example.com/cofferdam?sslmode=verify-ca&sslrootcert=a",
    "cofferdam.database.url, jdbc:postgresql://db.example.com/cofferdam?sslmode=verify-full",
    "cofferdam.database.url, jdbc:postgresql://127.0.0.1.example.com/cofferdam",
    "cofferdam.limits.store, redis://cache.example.com:6379",
    "cofferdam.limits.store, redis://localhost.example.com:6379",
    "cofferdam.limits.store, rediss://cache.example.com:6379",
    "cofferdam.idp.issuer, http://idp.example.com",
    "cofferdam.idp.issuer, http://10.0.0.1:8080",
    "cofferdam.idp.issuer, http://localhost.example.com",
    "cofferdam.mail.server, smtp://mail.example.com",
    "cofferdam.mail.server, smtp://10.0.0.1:25",
    "cofferdam.mail.server, smtp://localhost.example.com",
    "cofferdam.mail.server, smtp://127.0.0.1.example.com",
    "cofferdam.audit.witness.url, http://witness.example.com",
    "cofferdam.audit.witness.url, http://127.0.0.1.example.com",
    "cofferdam.audit.witness.url, ftp://witness.example.com",
    "cofferdam.audit.witness.url, witness.example.com",
    "cofferdam.audit.witness.url, https://user:pw@witness.example.com"
  })
  void withoutTlsThatVerifiesItIsRefusedByName(String setting, String value) {
    Throwable refused = catchThrowable(() -> bind(setting, value, null));

    assertThat(refused).isNotNull();
    assertThat(Refusal.sentence(refused).orElseThrow())
        .contains(setting)
        .doesNotContain("pw", "Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "cofferdam.database.url, jdbc:postgresql://db.example.com/cofferdam?sslmode=verify-full&sslrootcert=a,",
    "cofferdam.database.url, jdbc:postgresql://127.0.0.1/cofferdam,",
    "cofferdam.limits.store, rediss://cache.example.com, cofferdam.limits.store-trusted-roots=a",
    "cofferdam.limits.store, redis://localhost,",
    "cofferdam.idp.issuer, https://idp.example.com,",
    "cofferdam.idp.issuer, http://localhost:8090,",
    "cofferdam.mail.server, smtps://mail.example.com,",
    "cofferdam.mail.server, smtp+starttls://mail.example.com,",
    "cofferdam.mail.server, smtp://127.0.0.1,"
  })
  void withItOrOnThisMachineItIsFine(String setting, String value, @Nullable String more) {
    assertThatCode(() -> bind(setting, value, more)).doesNotThrowAnyException();
  }
}
