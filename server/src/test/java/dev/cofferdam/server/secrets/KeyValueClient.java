package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.tenancy.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Whoever keeps the second store, with a token that may do everything there. */
record KeyValueClient(String origin, String root) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  void put(TenantId tenant, String path, byte[] value) {
    post("data", tenant, path, Map.of("data", Map.of("value", new String(value, UTF_8))));
  }

  void put(TenantId tenant, String path, Map<String, ?> fields) {
    post("data", tenant, path, Map.of("data", fields));
  }

  void delete(TenantId tenant, String path, long version) {
    post("delete", tenant, path, Map.of("versions", List.of(version)));
  }

  void destroy(TenantId tenant, String path, long version) {
    post("destroy", tenant, path, Map.of("versions", List.of(version)));
  }

  private void post(String what, TenantId tenant, String path, Map<String, ?> body) {
    URI uri = URI.create(origin + "/v1/secret/" + what + "/cofferdam/" + tenant + "/" + path);
    try {
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(uri)
                  .header("X-Vault-Token", root)
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          JsonMapper.shared().writeValueAsString(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
