package dev.cofferdam.review.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server does with its settings, and with the archives beside it, before it serves. */
final class SettingCommands {
  private static final String LAUNCH = "dev.cofferdam.server.launch.";
  private static final String TENANCY = "dev.cofferdam.server.tenancy.";

  /** The settings records of modules that meet other machines, by their prefixes. */
  private static final Map<String, String> RECORDS =
      Map.of(
          "cofferdam.limits", "dev.cofferdam.server.limits.LimitsSettings",
          "cofferdam.idp", "dev.cofferdam.server.identity.oidc.IdpSettings",
          "cofferdam.mail", "dev.cofferdam.server.mail.MailSettings",
          "cofferdam.audit.witness", "dev.cofferdam.server.audit.witness.WitnessSettings");

  private SettingCommands() {}

  /** Name and value by turns; answers when the server would start with them. */
  static List<@Nullable String> accept(List<String> words) {
    Map<String, Object> given = given(words);
    Object environment = environment(given);
    Reflected.callStatic(Reflected.type(LAUNCH + "StartSettings"), "of", environment);
    Object binder = binder(environment);
    RECORDS.forEach(
        (prefix, type) -> Reflected.call(binder, "bindOrCreate", prefix, Reflected.type(type)));
    if (given.containsKey("cofferdam.database.url")) {
      connect(binder);
    }
    return new ArrayList<>();
  }

  private static Map<String, Object> given(List<String> words) {
    Map<String, Object> given = new HashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      given.put(words.get(i), words.get(i + 1));
    }
    return given;
  }

  private static Object environment(Map<String, Object> given) {
    return Reflected.callStatic(
        Reflected.type(LAUNCH + "settings.SettingsEnvironment"), "of", null, given);
  }

  private static Object binder(Object environment) {
    return Reflected.callStatic(
        Reflected.type("org.springframework.boot.context.properties.bind.Binder"),
        "get",
        environment);
  }

  /** What the server makes of settings, name and value by turns. */
  static Object bound(List<String> words, String prefix, String type) {
    return Reflected.call(
        binder(environment(given(words))), "bindOrCreate", prefix, Reflected.type(type));
  }

  /** As far as to where a connection would be made. */
  private static void connect(Object binder) {
    Object database =
        Reflected.call(
            binder,
            "bindOrCreate",
            "cofferdam.database",
            Reflected.type(TENANCY + "database.DatabaseSettings"));
    Object address = Reflected.call(database, "address");
    Object roots = Reflected.call(address, "trustedRoots");
    Class<?> deadlines = Reflected.type(TENANCY + "driver.Deadlines");
    Reflected.make(
        Reflected.type(TENANCY + "driver.Target"),
        Reflected.call(address, "host"),
        Reflected.call(address, "port"),
        Reflected.call(address, "database"),
        "cofferdam_app",
        roots instanceof Path path ? path : null,
        Reflected.constant(deadlines, "ANSWERING"),
        "review");
  }

  /** The file and the reviewer's key of a sign-off, which the server compares itself with now. */
  static List<@Nullable String> signOff(List<String> words) {
    Object settings =
        bound(
            List.of(
                "cofferdam.sign-off.file", words.get(0),
                "cofferdam.sign-off.reviewer", words.get(1)),
            "cofferdam.sign-off",
            "dev.cofferdam.server.operations.SignOffSettings");
    for (Object watch : Captured.all(Seams.SIGN_OFF)) {
      Reflected.setField(watch, "settings", settings);
      Reflected.call(watch, "look");
    }
    return new ArrayList<>();
  }

  /** Answers with where the server's own archives lie. */
  static List<@Nullable String> libraryFolder() {
    Object folder = Reflected.callStatic(Reflected.type(LAUNCH + "Libraries"), "folder");
    List<@Nullable String> answer = new ArrayList<>();
    answer.add(((Optional<?>) folder).orElseThrow().toString());
    return answer;
  }

  /** A folder; answers with the archives in it with which the server was not built. */
  static List<@Nullable String> libraries(List<String> words) {
    Object known = Reflected.callStatic(Reflected.type(LAUNCH + "Libraries"), "ofServer");
    List<@Nullable String> answer = new ArrayList<>();
    for (Object name : (List<?>) Reflected.call(known, "foreign", Path.of(words.getFirst()))) {
      answer.add(name.toString());
    }
    return answer;
  }
}
