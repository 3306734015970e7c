package dev.cofferdam.server.edge.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.cofferdam.server.edge.document.Bodied.Place;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.WholeBrowser;
import dev.cofferdam.server.testing.RunningServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the document says that a body must have, and nothing else, is what a body must have. */
class RequiredFieldsTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  /** A proof of a node's key is needed for it; its body is that of a registration. */
  private static final String OF_NODES = "post_v1_node_keys";

  private static final ECKey KEY = key();

  /** Of fields that not every text does for. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("role", "member"),
          Map.entry("scopes", "tenant:read"),
          Map.entry("redirect_uris", "https://app.example/back"),
          Map.entry("email", "%s@people.example"),
          Map.entry("issuer", "https://%s.idp.example"),
          Map.entry("jwks_url", "https://keys.idp.example/keys"),
          Map.entry("client_secret", "long-enough-to-be-a-secret-of-a-client-%s"),
          Map.entry("least_acr", "multi_factor"),
          Map.entry("email_claim", "email"),
          Map.entry("state", "active"),
          Map.entry("kty", "EC"),
          Map.entry("crv", "P-256"),
          Map.entry("x", KEY.getX().toString()),
          Map.entry("y", KEY.getY().toString()),
          Map.entry("alg", "ES256"),
          Map.entry("use", "sig"));

  private int made;

  @Test
  void aBodyIsRefusedWithoutWhatIsRequiredAndForNothingElse() throws Exception {
    WholeBrowser owner = ownerOfANewTenant();
    WholeBrowser operator = new WholeBrowser(SERVER);
    operator.follow(operator.get("/operator/sign-in"), "ken", "mfa");
    List<Bodied> all =
        Bodied.all(JsonMapper.shared().readTree(SERVER.get("/v1/openapi.json").body()));

    assertThat(all).hasSizeGreaterThan(30);
    for (Bodied one : all) {
      if (!one.id().equals(OF_NODES)) {
        walk(one, one.access().equals("operator") ? operator : owner);
      }
    }
  }

  private static WholeBrowser ownerOfANewTenant() {
    WholeBrowser owner = WholeBrowser.of(SERVER, "niklaus", "mfa");
    String tenant = owner.found();
    assertThat(owner.send("PUT", "/v1/session/workspace", Map.of("tenant_id", tenant)).status())
        .isEqualTo(200);
    return owner;
  }

  private void walk(Bodied one, WholeBrowser browser) {
    for (Place place : one.places()) {
      if (place.required()) {
        assertRefused(one, browser, place, place.without(one.example(this::value)));
        assertRefused(one, browser, place, place.asNull(one.example(this::value)));
      } else {
        assertTaken(one, browser, place, place.without(one.example(this::value)));
      }
    }
  }

  private static void assertRefused(
      Bodied one, WholeBrowser browser, Place place, ObjectNode body) {
    Answer answer = one.send(browser, body);
    String what = "%s with %s: %s".formatted(one.id(), body, answer.http().body());

    assertThat(answer.status()).as(what).isEqualTo(422);
    assertThat(answer.text("code")).as(what).isEqualTo("invalid_field");
    assertThat(answer.text("field")).as(what).isEqualTo(place.name());
  }

  private static void assertTaken(Bodied one, WholeBrowser browser, Place place, ObjectNode body) {
    Answer answer = one.send(browser, body);
    String what = "%s without %s: %s".formatted(one.id(), place, answer.http().body());

    if (one.isDone()) {
      assertThat(answer.status()).as(what).isIn(200, 201);
      return;
    }
    // What is not there, was another version, or needs a store that this server has not.
    assertThat(answer.status()).as(what).isIn(404, 412, 422);
    assertThat(answer.text("field")).as(what).isNotEqualTo(place.name());
  }

  private String value(String field) {
    made++;
    return VALUES.getOrDefault(field, "thing-%s").formatted("n" + made);
  }

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
