package dev.cofferdam.review.web;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/** A program without a browser that has asked, and shows a code (RFC 8628). */
public final class AskingDevice {
  /** The client that is there without being registered. */
  public static final String COMMAND_LINE = "cofferdam-cli";

  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

  private final String client;
  private final Reply told;

  private AskingDevice(String client, Reply told) {
    this.client = client;
    this.told = told;
  }

  /** One that has just asked, as this client. */
  public static AskingDevice asking(Browser nobody, String client) {
    return asking(nobody, client, Map.of("scope", "tenant:read"));
  }

  /** One that has just asked for a token of somebody's own, with this scope. */
  public static AskingDevice wanting(Browser nobody, String scope) {
    return asking(nobody, COMMAND_LINE, Map.of("authorization_details", details(scope)));
  }

  /** What it says of such a token. */
  public static String details(String scope) {
    return "[{\"type\":\"personal_token\",\"label\":\"of an attack\",\"scopes\":[\"%s\"],\"expires_in_days\":9}]"
        .formatted(scope);
  }

  /** One that has just asked this, as this client. */
  public static AskingDevice asking(Browser nobody, String client, Map<String, String> what) {
    Map<String, String> form = new LinkedHashMap<>(what);
    form.put("client_id", client);
    Reply told = nobody.bare(Ask.of("POST", "/oauth/device").form(form));
    if (!told.isDone()) {
      throw new IllegalStateException("nobody asks as a device: " + told.readable());
    }
    return new AskingDevice(client, told);
  }

  /** All that it was told. */
  public Reply told() {
    return told;
  }

  /** What it shows. */
  public String code() {
    return told.member("user_code");
  }

  public Ask redeeming() {
    return redeeming(client);
  }

  /** The same, as if it were another client. */
  public Ask redeeming(String as) {
    return redeeming(as, told.member("device_code"));
  }

  /** The same for any device code. */
  public static Ask redeeming(String as, String code) {
    return Ask.of("POST", "/oauth/token")
        .form(Map.of("grant_type", GRANT, "client_id", as, "device_code", code));
  }

  /** The same, with something else to be given. */
  public Ask swapping(String scope) {
    return Ask.of("POST", "/oauth/token")
        .form(
            Map.of(
                "grant_type",
                GRANT,
                "client_id",
                client,
                "device_code",
                told.member("device_code"),
                "authorization_details",
                details(scope)));
  }

  /** What the page sends when somebody has typed the code. */
  public Ask typed() {
    return typing(code());
  }

  /** The same for any code. */
  public static Ask typing(String code) {
    return Ask.of("POST", "/device").form(Map.of("code", code));
  }

  /**
   * What the page sends when somebody answers.
   *
   * @param answer {@code allow} or {@code deny}
   */
  public Ask answered(String answer) {
    return Ask.of("POST", "/device/answer").form(Map.of("code", code(), "answer", answer));
  }
}
