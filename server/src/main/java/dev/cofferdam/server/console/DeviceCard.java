package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.WorkspaceView;
import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.oauth.client.Application;
import dev.cofferdam.server.oauth.device.DeviceRequests;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which program asks by a code, as a person reads it.
 *
 * @param name that the client goes by
 * @param id that it calls itself by
 * @param word on whose word it is that client
 * @param tenant in which it would act
 * @param slug of that tenant
 * @param acts what it could do, each after "It may"
 * @param from the address that it asked from
 * @param whence how that is to the address that the person is at
 * @param asked when it did
 * @param askedAt the same, for machines
 * @param token that the person is asked to make; absent where the program wants to act by itself
 */
public record DeviceCard(
    String name,
    String id,
    String word,
    String tenant,
    String slug,
    List<String> acts,
    String from,
    String whence,
    String asked,
    String askedAt,
    @Nullable Token token) {

  /**
   * A token of the person's own.
   *
   * @param label by which they will know it again
   * @param goodFor how long
   * @param until when, if it is made at once
   */
  public record Token(String label, String goodFor, String until) {
    static Token of(TokenWish wish, Instant now) {
      long days = wish.goodFor().toDays();
      return new Token(
          wish.label(), days == 1 ? "1 day" : days + " days", Words.of(now.plus(wish.goodFor())));
    }
  }

  static DeviceCard of(
      DeviceRequests.Waiting asked, WorkspaceView here, InetAddress address, Instant now) {
    Application client = asked.client();
    return new DeviceCard(
        client.name(),
        client.id().value(),
        word(asked),
        here.name(),
        here.slug().text(),
        asked.scopes().stream().sorted().map(Words::of).toList(),
        asked.from().getHostAddress(),
        asked.from().equals(address)
            ? "the address that you are at too"
            : "not the address that you are at",
        Words.of(asked.at()),
        asked.at().toString(),
        asked.token().map(wish -> Token.of(wish, now)).orElse(null));
  }

  private static String word(DeviceRequests.Waiting asked) {
    if (asked.proven()) {
      return "this workspace, which has registered it; it has shown its key";
    }
    return switch (asked.client().provenance()) {
      case PLATFORM ->
          "nobody but itself: it says that it is the command line of this server, as any program can";
      case TENANT ->
          "nobody but itself: this workspace has registered a program of this name, and any program can say that it is that one";
      case ITSELF, SITE -> "nobody but itself: anyone could call their program so";
    };
  }
}
