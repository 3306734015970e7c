package dev.cofferdam.server.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.oauth.ClientId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a site says of a client whose id is the address of that. */
class PublishedClientsTest {
  private static final ClientId ID = new ClientId("https://tool.example/client.json");

  private static String document(String more) {
    return """
    {"client_id":"https://tool.example/client.json","client_name":"A tool",
     "redirect_uris":["https://tool.example/done","http://127.0.0.1/done"]%s}
    """
        .formatted(more);
  }

  @Test
  void aDocumentSaysWhoAsksAndWhereAnswersGo() {
    Application client = PublishedClients.read(ID, document("")).orElseThrow();
    assertThat(client.name()).isEqualTo("A tool");
    assertThat(client.tenant()).isEmpty();
    assertThat(client.provenance()).isEqualTo(Application.Provenance.SITE);
    assertThat(client.answersAt(new RedirectUri("http://127.0.0.1:1234/done"))).isTrue();
    assertThat(client.answersAt(new RedirectUri("https://tool.example/other"))).isFalse();
    assertThat(
            PublishedClients.read(
                ID, document(",\"logo_uri\":\"x\",\"token_endpoint_auth_method\":\"none\"")))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "not json",
        "{\"client_id\":\"https://tool.example/client.json\",\"client_name\":\"A tool\"}",
        "{\"client_id\":\"https://tool.example/client.json\",\"client_name\":\"A tool\",\"redirect_uris\":[]}",
        "{\"client_id\":\"https://tool.example/client.json\",\"redirect_uris\":[\"https://tool.example/done\"]}",
        "{\"client_id\":\"https://other.example/client.json\",\"client_name\":\"A tool\",\"redirect_uris\":[\"https://tool.example/done\"]}",
        "{\"client_id\":\"https://tool.example/client.json\",\"client_name\":\"A tool\",\"redirect_uris\":[\"https://other.example/done\"]}",
        "{\"client_id\":\"https://tool.example/client.json\",\"client_name\":\"A tool\",\"redirect_uris\":[\"https://tool.example/done\",\"javascript:alert(1)\"]}",
        "{\"client_id\":\"https://tool.example/client.json\",\"client_name\":\"A tool\",\"redirect_uris\":\"https://tool.example/done\"}",
      })
  void aDocumentThatIsNotOfThisClientIsNone(String document) {
    assertThat(PublishedClients.read(ID, document)).isEmpty();
  }

  @Test
  void whoeverHasASecretOrAKeyIsNoPublicClient() {
    assertThat(PublishedClients.read(ID, document(",\"client_secret\":\"x\""))).isEmpty();
    assertThat(
            PublishedClients.read(
                ID, document(",\"token_endpoint_auth_method\":\"private_key_jwt\"")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://tool.example/client.json",
        "https://tool.example",
        "https://tool.example/",
        "https://tool.example/#client",
        "https://user@tool.example/client.json",
        "https://tool.example/../client.json",
        "https://tool.example/%2e%2E/client.json",
        "https://tool.example/a\\client.json",
        "00000000-0000-7000-8000-000000000000",
      })
  void otherIdsAreNoAddressesOfDocuments(String id) {
    assertThat(PublishedClients.isOne(new ClientId(id))).as(id).isFalse();
    assertThat(PublishedClients.isOne(ID)).isTrue();
  }
}
