package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.WorkspaceView;
import dev.cofferdam.server.oauth.authorization.AuthorizationRequest;
import dev.cofferdam.server.oauth.client.Application;
import java.net.URI;
import java.util.List;

/**
 * Who asks for what, as a person reads it.
 *
 * @param name that the client goes by
 * @param id that it calls itself by
 * @param word on whose word it is what it says
 * @param trusted whether that is the tenant's own
 * @param tenant in which it would act
 * @param slug of that tenant
 * @param acts what it could do, each after "It may"
 * @param place where the answer goes
 */
public record ConsentCard(
    String name,
    String id,
    String word,
    boolean trusted,
    String tenant,
    String slug,
    List<String> acts,
    String place) {

  /** A tenant to choose. */
  public record Place(String id, String name, String slug) {}

  static ConsentCard of(AuthorizationRequest asked, WorkspaceView here) {
    Application client = asked.client();
    return new ConsentCard(
        client.name(),
        client.id().value(),
        word(client),
        client.provenance() == Application.Provenance.TENANT,
        here.name(),
        here.slug().text(),
        asked.scopes().stream().sorted().map(Words::of).toList(),
        asked.to().redirectUri().place());
  }

  private static String word(Application client) {
    return switch (client.provenance()) {
      case PLATFORM -> "this server, with which it comes";
      case TENANT -> "this workspace, which has registered it";
      case ITSELF -> "nobody but itself: anyone could call their program so";
      case SITE -> "the site " + URI.create(client.id().value()).getHost();
    };
  }
}
