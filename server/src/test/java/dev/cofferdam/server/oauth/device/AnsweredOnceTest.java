package dev.cofferdam.server.oauth.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.authorization.SignInDemand;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.testing.RunningServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A code that many people have typed at one moment, each with an answer of their own. */
class AnsweredOnceTest {
  private static final int AT_ONCE = 100;
  private static final int PEOPLE = 4;
  private static final int SEE_OTHER = 303;

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @Test
  void ofAHundredAnswersOneIsTheAnswer() throws Exception {
    String code = asked().user().text();
    List<Browser> people = new ArrayList<>();
    for (int n = 0; n < PEOPLE; n++) {
      Browser person = Browser.ofSomebody(SERVER);
      person.inOwnTenant("k" + UUID.randomUUID().toString().substring(0, 13));
      person.token();
      people.add(person);
    }
    CountDownLatch start = new CountDownLatch(1);
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int n = 0; n < AT_ONCE; n++) {
        Browser person = people.get(n % PEOPLE);
        String answer = n % 8 < PEOPLE ? "allow" : "deny";
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return person
                      .form(
                          "/device/answer", person.token(), Map.of("code", code, "answer", answer))
                      .status();
                }));
      }
      start.countDown();
      for (Future<Integer> each : running) {
        answers.add(each.get());
      }
    }

    assertThat(answers).filteredOn(status -> status == SEE_OTHER).hasSize(1);
    assertThat(answers).doesNotContain(429, 500, 503);
  }

  private static DeviceRequests.Asked asked() {
    CommandLineClient commandLine =
        new CommandLineClient(new DeviceSettings(Duration.ofMinutes(10), 10_000, true));
    return (DeviceRequests.Asked)
        SERVER
            .bean(DeviceRequests.class)
            .ask(
                new Call(
                    new RequestId(UUID.randomUUID()),
                    new Caller.Anonymous(),
                    InetAddress.getLoopbackAddress()),
                new AuthenticatedClient(commandLine.client(CommandLineClient.ID).orElseThrow()),
                new DeviceWish(Optional.of("tenant:read"), Optional.empty(), SignInDemand.NONE),
                new Issuer(SERVER.uri("").toString()));
  }
}
