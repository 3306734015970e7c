package dev.cofferdam.server.oauth.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.authorization.AskingClient;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** A program of a test that has no browser: asks, waits, and shows a code. */
final class AskingDevice {
  static final String COMMAND_LINE = "cofferdam-cli";

  private final RunningServer server;
  final String client;
  final String code;
  final String typed;

  private AskingDevice(RunningServer server, String client, Answer asked) {
    this.server = server;
    this.client = client;
    this.code = asked.text("device_code");
    this.typed = asked.text("user_code");
  }

  /** One that has just asked. */
  static AskingDevice asking(RunningServer server, String client) {
    return asking(server, Map.of("client_id", client, "scope", "tenant:read"));
  }

  /** One that has just asked this. */
  static AskingDevice asking(RunningServer server, Map<String, String> form) {
    Answer asked = post(server, "/oauth/device", form);
    assertThat(asked.status()).as(asked.http().body()).isEqualTo(200);
    return new AskingDevice(server, form.getOrDefault("client_id", ""), asked);
  }

  static Answer post(RunningServer server, String path, Map<String, String> form) {
    try {
      return new Answer(
          server.send(
              server
                  .request(path)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(AskingClient.query(form)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Map<String, String> redeeming() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", GrantType.DEVICE_CODE);
    form.put("client_id", client);
    form.put("device_code", code);
    return form;
  }

  Answer poll() {
    return post(server, "/oauth/token", redeeming());
  }

  /** What somebody sees who types the code. */
  Answer opened(Browser person) {
    return person.form("/device", person.token(), Map.of("code", typed));
  }

  /** What comes of somebody's pressing a button there. */
  Answer answered(Browser person, String answer) {
    return person.form("/device/answer", person.token(), Map.of("code", typed, "answer", answer));
  }
}
