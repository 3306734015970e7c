package dev.cofferdam.planted;

import com.nimbusds.jose.jwk.JWKSet;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.text.ParseException;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** One violation of each rule of the house, to see that the rule fires. Never run. */
final class Planted {
  private Planted() {}

  static final class EntersAScope {
    void enter() {
      Scopes.run(new Scope.OfPlatform(new Purpose("planted")), () -> {});
    }
  }

  static final class EntersAScopeByReference {
    BiConsumer<Scope, Runnable> enter() {
      return Scopes::run;
    }
  }

  static final class OpensAConnection {
    Connection open() throws SQLException {
      return DriverManager.getConnection("jdbc:postgresql://127.0.0.1/planted");
    }
  }

  static final class TakesAConnection {
    Connection take(DataSource source) throws SQLException {
      return source.getConnection();
    }
  }

  static final class KeepsPerThread {
    final ThreadLocal<String> kept = new ThreadLocal<>();
  }

  static final class UsesTheOlderTemplate {
    void use(JdbcTemplate template) {
      template.execute("select 1");
    }
  }

  static final class HidesItsTransaction {
    @Transactional
    void work() {}
  }

  static final class AsksAnotherMachine {
    HttpClient ask() {
      return HttpClient.newHttpClient();
    }
  }

  static final class ReadsAnAddress {
    InputStream read(URL url) throws IOException {
      return url.openStream();
    }
  }

  static final class LetsALibraryFetchKeys {
    JWKSet fetch(URL url) throws IOException, ParseException {
      return JWKSet.load(url);
    }
  }

  static final class ReadsTheClock {
    long now() {
      return System.currentTimeMillis();
    }
  }
}
