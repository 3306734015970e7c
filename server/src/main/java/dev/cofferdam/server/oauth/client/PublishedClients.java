package dev.cofferdam.server.oauth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.Outcome;
import dev.cofferdam.server.egress.Outgoing;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.ClientRegistry;
import dev.cofferdam.server.surface.TokenScope;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients whose id is the address of a document that says what they are (OAuth Client ID Metadata
 * Document): on the word of that site, and so answers go to that site, to the person's own machine
 * or to an app, and nowhere else. Fetched through egress, only for somebody who has signed in, and
 * kept for a while in a bounded place.
 */
final class PublishedClients {
  /** How long a document is believed. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /** How long it is believed that there is none. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final long MOST = 1_000;
  private static final int LARGEST = 5_120;
  private static final int OK = 200;
  private static final int LONGEST = 300;
  private static final Pattern CHARACTERS =
      Pattern.compile("https://[A-Za-z0-9._~:/?@!$&'()+,;=%-]+");
  private static final Pattern DOTS = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|$)");

  private final Egress egress;
  private final ClientSettings settings;
  private final InstantSource clock;
  private final Cache<ClientId, Fetched> known =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private record Fetched(Optional<Application> client, Instant at) {
    boolean isFresh(Instant now) {
      return now.isBefore(at.plus(client.isPresent() ? KEPT : PAUSE));
    }
  }

  PublishedClients(Egress egress, ClientSettings settings, InstantSource clock) {
    this.egress = egress;
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether it is the address of such a document, as far as that can be told by its letters. */
  static boolean isOne(ClientId id) {
    String text = id.value();
    if (text.length() > LONGEST
        || !CHARACTERS.matcher(text).matches()
        || DOTS.matcher(text).find()) {
      return false;
    }
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawPath() != null
          && uri.getRawPath().length() > 1;
    } catch (URISyntaxException noUri) {
      return false;
    }
  }

  Applications applications() {
    return id ->
        settings.ofNobody() != ClientSettings.OfNobody.NONE && isOne(id)
            ? fetched(id)
            : Optional.empty();
  }

  /**
   * As the token endpoint knows them: without a look at the document. Such a client shows nothing
   * of itself there, and what it redeems was made for this very id.
   */
  ClientRegistry registry() {
    return id ->
        settings.ofNobody() != ClientSettings.OfNobody.NONE && isOne(id)
            ? Optional.of(OpenClients.ofNobody(id, PlacedClients.GRANTS))
            : Optional.empty();
  }

  private Optional<Application> fetched(ClientId id) {
    Instant now = clock.instant();
    Fetched before = known.getIfPresent(id);
    if (before != null && before.isFresh(now)) {
      return before.client();
    }
    Fetched fresh = new Fetched(fetch(id), now);
    known.put(id, fresh);
    return fresh.client();
  }

  private Optional<Application> fetch(ClientId id) {
    return switch (egress.send(Outgoing.get(id.value(), LARGEST))) {
      case Outcome.Answered answered when answered.status() == OK ->
          read(id, new String(answered.body(), UTF_8));
      case Outcome.Answered answered -> Optional.empty();
      case Outcome.Refused refused -> Optional.empty();
      case Outcome.Failed failed -> Optional.empty();
    };
  }

  /**
   * What a document says; empty when it is not of this client, or of one that there is no way for.
   */
  static Optional<Application> read(ClientId id, String document) {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(document);
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
    Optional<String> name = ClientWish.name(json.path("client_name").asString(""));
    String method = json.path("token_endpoint_auth_method").asString("none");
    List<RedirectUri> places = places(id, json.path("redirect_uris"));
    // Character by character: a document that another site serves a copy of is not of that site.
    if (!json.path("client_id").asString("").equals(id.value())
        || name.isEmpty()
        || places.isEmpty()
        || !method.equals("none")
        || json.has("client_secret")) {
      return Optional.empty();
    }
    return Optional.of(
        new Application(
            id,
            Optional.empty(),
            Application.Provenance.SITE,
            name.get(),
            places,
            EnumSet.allOf(TokenScope.class)));
  }

  /** None when one of them is no place for answers to this client. */
  private static List<RedirectUri> places(ClientId id, JsonNode list) {
    List<RedirectUri> places = new ArrayList<>();
    for (JsonNode each : list) {
      Optional<RedirectUri> place = RedirectUri.of(each.asString("")).filter(one -> isOf(id, one));
      if (place.isEmpty() || places.size() == ClientWish.MOST_URIS) {
        return List.of();
      }
      places.add(place.get());
    }
    return places;
  }

  private static boolean isOf(ClientId id, RedirectUri place) {
    return place.kind() != RedirectUri.Kind.WEB
        || URI.create(place.text())
            .getRawAuthority()
            .equals(URI.create(id.value()).getRawAuthority());
  }
}
