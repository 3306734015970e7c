package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.MembershipEvent;
import dev.cofferdam.server.identity.Profile;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How pages write what the server knows. */
final class Words {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /** How browsers name themselves, those first whose names others borrow last. */
  private static final Map<String, String> BROWSERS = new LinkedHashMap<>();

  private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

  static {
    BROWSERS.put("Edg", "Edge");
    BROWSERS.put("OPR", "Opera");
    BROWSERS.put("Firefox", "Firefox");
    BROWSERS.put("(?:Headless)?Chrome", "Chrome");
    BROWSERS.put("Version", "Safari");
    SYSTEMS.put("Android", "Android");
    SYSTEMS.put("iPhone", "iPhone");
    SYSTEMS.put("iPad", "iPad");
    SYSTEMS.put("Windows", "Windows");
    SYSTEMS.put("Mac OS X", "macOS");
    SYSTEMS.put("Linux", "Linux");
  }

  private Words() {}

  /** A browser and its system, as far as one says so itself; else what it said. */
  static String ofAgent(String agent) {
    for (Map.Entry<String, String> browser : BROWSERS.entrySet()) {
      Matcher version = Pattern.compile(browser.getKey() + "/([0-9]+)").matcher(agent);
      if (agent.startsWith("Mozilla/") && version.find()) {
        String system =
            SYSTEMS.entrySet().stream()
                .filter(known -> agent.contains(known.getKey()))
                .findFirst()
                .map(known -> " on " + known.getValue())
                .orElse("");
        return browser.getValue() + " " + version.group(1) + system;
      }
    }
    return agent.isEmpty() ? "A client without a name" : agent;
  }

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** What a scope lets a program do, after "It may". */
  static String of(TokenScope scope) {
    return switch (scope) {
      case TENANT_READ -> "see the name and state of the workspace";
      case MEMBERS_READ -> "see its people, and what became of them";
      case GROUPS_READ -> "see its groups, and who is in them";
      case PROJECTS_READ -> "see the projects that you see, and who has what there";
      case AUDIT_READ -> "read the audit log, if your role lets you";
      case TOKENS_MANAGE -> "see your own tokens here, and end them";
    };
  }

  static String of(Instant time) {
    return MINUTE.format(time);
  }

  /** A person as the others call them: by name, else by address, else by id. */
  static String called(@Nullable Profile profile, PersonId person) {
    String name = profile == null ? null : profile.name();
    String email = profile == null ? null : profile.email();
    return name != null ? name : email != null ? email : person.toString();
  }

  /** What became of the people of a tenant, as a sentence. */
  static String of(MembershipEvent event, Function<PersonId, String> called) {
    String by = event.by() == null ? "The platform" : called.apply(new PersonId(event.by()));
    String whom = event.personId() == null ? "" : called.apply(new PersonId(event.personId()));
    String role = event.role() == null ? "" : event.role();
    return switch (event.action()) {
      case "membership.created" -> by + " founded the tenant";
      case "membership.changed" -> by + " made " + whom + " " + role;
      case "membership.removed" -> by + " removed " + whom;
      case "membership.left" -> by + " left";
      case "ownership.handed_over" -> by + " handed ownership over to " + whom;
      case "invite.created" -> by + " invited somebody as " + role;
      case "invite.resent" -> by + " sent an invitation again";
      case "invite.revoked" -> by + " took an invitation back";
      case "invite.accepted" -> by + " accepted an invitation as " + role;
      case "invite.declined" -> by + " declined an invitation";
      case "sign_in_policy.changed" -> by + " changed how strongly one must sign in";
      case "tenant.renamed" -> by + " renamed the tenant";
      case "tenant.deletion_requested", "tenant.deletion_scheduled" ->
          by + " asked for the tenant to be deleted";
      case "tenant.deletion_agreed" -> by + " agreed that the tenant be deleted";
      case "tenant.deletion_cancelled" -> by + " kept the tenant from being deleted";
      default -> by + ": " + event.action();
    };
  }

  /** For lists of what happened, which say themselves that it is UTC. */
  static String second(Instant time) {
    return SECOND.format(time);
  }
}
