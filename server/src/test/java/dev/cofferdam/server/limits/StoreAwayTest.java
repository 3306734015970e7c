package dev.cofferdam.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofferdam.server.testing.Redis;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests while the store of limits is away: answered, counted more narrowly, and nobody told. */
class StoreAwayTest {
  private static final Optional<Redis> REDIS = Redis.executable().map(there -> Redis.started());
  private static final Path PASSWORD = password();

  @RegisterExtension
  static final RunningServer SERVER =
      REDIS
          .map(
              redis ->
                  RunningServer.own(
                      "cofferdam.limits.store=redis://127.0.0.1:" + redis.port(),
                      "cofferdam.limits.store-password-file=" + PASSWORD))
          .orElseGet(RunningServer::shared);

  private static Path password() {
    try {
      return Files.writeString(
          Files.createTempFile("cofferdam-store-", ".password"), Redis.PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void need() {
    assumeTrue(REDIS.isPresent(), "no redis-server on this machine");
  }

  @AfterAll
  static void end() throws IOException {
    REDIS.ifPresent(Redis::close);
    Files.delete(PASSWORD);
  }

  private static String metric(String name) throws Exception {
    Matcher line =
        Pattern.compile("(?m)^" + name + "(?:\\{.*})? (\\S+)$").matcher(SERVER.metrics());
    return line.find() ? line.group(1) : "none";
  }

  private static HttpResponse<String> ask() throws Exception {
    HttpResponse<String> answer = SERVER.get("/v1/openapi.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("RateLimit")).isPresent();
    return answer;
  }

  @Test
  void itIsAwayAndComesBack() throws Exception {
    Redis redis = REDIS.orElseThrow();
    ask();
    assertThat(metric("cofferdam_limits_store_up")).isEqualTo("1.0");
    long there = left(ask());

    redis.close();
    Soon.holds(() -> left(ask()) < there / 2);
    assertThat(metric("cofferdam_limits_store_up")).isEqualTo("0.0");
    assertThat(SERVER.get("/readyz").statusCode()).isEqualTo(200);

    redis.start();
    Soon.holds(
        () -> {
          ask();
          return metric("cofferdam_limits_store_up").equals("1.0");
        });
  }

  /** How many requests the answer says that there are left. */
  private static long left(HttpResponse<String> answer) {
    Matcher left =
        Pattern.compile("r=(\\d+)").matcher(answer.headers().firstValue("RateLimit").orElseThrow());
    assertThat(left.find()).isTrue();
    return Long.parseLong(left.group(1));
  }
}
