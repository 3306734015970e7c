package dev.cofferdam.review.web;

import dev.cofferdam.review.wire.Ask;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in the laboratory, with one session: what a browser would have kept of it. The sessions
 * stand in the database that every clone is made of.
 */
public final class Resident {
  private final String subject;
  private final @Nullable UUID tenant;
  private final Part part;
  private final UUID person;
  private final UUID session;
  private final Map<String, String> cookies;
  private final String csrf;
  private final List<Ask.Field> carried;

  /**
   * @param subject as the identity provider calls them
   * @param tenant that they have to do with, whose workspace the session is in unless they are a
   *     guest; or null
   */
  public Resident(
      String subject,
      @Nullable UUID tenant,
      Part part,
      UUID person,
      UUID session,
      Map<String, String> cookies,
      String csrf) {
    this(subject, tenant, part, person, session, cookies, csrf, List.of());
  }

  private Resident(
      String subject,
      @Nullable UUID tenant,
      Part part,
      UUID person,
      UUID session,
      Map<String, String> cookies,
      String csrf,
      List<Ask.Field> carried) {
    this.subject = subject;
    this.tenant = tenant;
    this.part = part;
    this.person = person;
    this.session = session;
    this.cookies = Map.copyOf(cookies);
    this.csrf = csrf;
    this.carried = List.copyOf(carried);
  }

  /** A program of the tenant that shows {@code token} with each request. */
  public static Resident program(UUID tenant, String token) {
    return new Resident(
        "a program of " + tenant,
        tenant,
        Part.PROGRAM,
        new UUID(0, 0),
        new UUID(0, 0),
        Map.of(),
        "",
        List.of(new Ask.Field("Authorization", "Bearer " + token)));
  }

  /** What goes with each of its requests beside cookies. */
  List<Ask.Field> carried() {
    return carried;
  }

  public String subject() {
    return subject;
  }

  public boolean isIn(UUID other) {
    return other.equals(tenant);
  }

  public boolean isNowhere() {
    return tenant == null && part != Part.OPERATOR;
  }

  public Part part() {
    return part;
  }

  public UUID person() {
    return person;
  }

  public UUID session() {
    return session;
  }

  public Map<String, String> cookies() {
    return cookies;
  }

  public String csrf() {
    return csrf;
  }

  /** Cookie and token: what nobody but their own browser may ever be shown, and no log. */
  public Iterable<String> secrets() {
    return java.util.stream.Stream.concat(
            cookies.values().stream(), java.util.stream.Stream.of(csrf))
        .toList();
  }

  @Override
  public String toString() {
    return subject;
  }
}
