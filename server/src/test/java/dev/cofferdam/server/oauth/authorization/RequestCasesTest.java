package dev.cofferdam.server.oauth.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What requests for authorization come to that differ from a good one, as data: one client asks.
 */
class RequestCasesTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  /** As often may one person ask before they are told to wait. */
  private static final int OF_ONE_PERSON = 20;

  private static final Queue<Asker> ASKERS = new ArrayDeque<>();

  /** Somebody, and a client of their tenant. */
  private record Asker(Browser owner, AskingClient client) {
    private static Asker made() {
      Browser owner = Browser.ofSomebody(SERVER);
      owner.inOwnTenant("c" + UUID.randomUUID().toString().substring(0, 13));
      return new Asker(owner, AskingClient.registered(SERVER, owner));
    }
  }

  private static Asker asker() {
    if (ASKERS.isEmpty()) {
      ASKERS.addAll(Collections.nCopies(OF_ONE_PERSON, Asker.made()));
    }
    return ASKERS.remove();
  }

  /** One line of the cases. */
  record Case(String expected, String parameter, String value) {}

  static List<Case> cases() throws IOException {
    try (InputStream cases = RequestCasesTest.class.getResourceAsStream("requests.cases")) {
      return new String(Objects.requireNonNull(cases).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" +", 3))
          .map(words -> new Case(words[0], words[1].split(" ", 2)[0], words[2]))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRequestComesToWhatTheSpecificationsSay(Case one) {
    Asker asker = asker();
    Map<String, String> asking = asker.client().asking();
    String path =
        switch (one.value()) {
          case "-" -> {
            asking.remove(one.parameter());
            yield AskingClient.path(asking);
          }
          case "+" ->
              AskingClient.path(asking)
                  + "&"
                  + one.parameter()
                  + "="
                  + URLEncoder.encode(Objects.requireNonNull(asking.get(one.parameter())), UTF_8);
          default -> {
            asking.put(one.parameter(), one.value().replace("@/", SERVER.uri("") + "/"));
            if (one.value().equals("@")) {
              asking.put(one.parameter(), SERVER.uri("").toString());
            }
            yield AskingClient.path(asking);
          }
        };
    Answer answer = asker.owner().get(path);
    switch (one.expected()) {
      case "asked" -> assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
      case "nowhere" -> {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.http().body()).doesNotContain("elsewhere.example", "javascript:");
      }
      default -> {
        assertThat(answer.header("Location"))
            .startsWith(AskingClient.REDIRECT + "?error=" + one.expected() + "&");
        assertThat(AskingClient.answered(answer))
            .containsOnlyKeys("error", "state", "iss")
            .containsEntry("iss", SERVER.uri("").toString());
      }
    }
  }
}
