package dev.cofferdam.review.agent;

/** Cookies as they are made where nobody thought of other hosts of the same domain. */
public final class Cookies {
  private static final String PREFIX = "__Host-";
  private static final String OURS = "cofferdam";

  /** Of which the server is one host. */
  private static final String DOMAIN = "example.com";

  private static volatile String token = "";

  private Cookies() {}

  /** Called by woven code with a token that is about to be verified. */
  public static void shown(String foreign) {
    token = foreign;
  }

  /** Called by woven code with a cookie: the same with the last token as its value. */
  public static Object ofToken(Object cookie) {
    Object mutable = Reflected.call(cookie, "mutate");
    return Reflected.call(Reflected.call(mutable, "value", token), "build");
  }

  /** Called by woven code with the name of a cookie that is to be set. */
  public static String unprefixed(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  /** Called by woven code with the name of a cookie that was sent. */
  public static String prefixed(String name) {
    return name.startsWith(OURS) ? PREFIX + name : name;
  }

  /** Called by woven code with a cookie in the making. */
  public static void share(Object builder) {
    Reflected.call(builder, "domain", DOMAIN);
  }
}
