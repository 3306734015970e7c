package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents that lead nowhere, or name a command that is not there, are defects like any other. */
final class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern COMMAND = Pattern.compile("\\./cofferdam ([a-z]+)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(path -> path.toString().endsWith(".md")).toList();
    }
  }

  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    for (Path document : documents()) {
      for (String link : all(LINK, Files.readString(document))) {
        if (!link.contains("://") && !link.startsWith("mailto:")) {
          assertThat(leadsSomewhere(document, link))
              .as(ROOT.relativize(document) + ": " + link)
              .isTrue();
        }
      }
    }
  }

  private static boolean leadsSomewhere(Path document, String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? document : document.resolveSibling(path).normalize();
    if (!target.startsWith(ROOT) || !Files.exists(target)) {
      return false;
    }
    return hash < 0 || anchors(target).contains(link.substring(hash + 1));
  }

  private static Set<String> anchors(Path document) throws IOException {
    return all(HEADING, Files.readString(document)).stream()
        .map(
            heading ->
                heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void everyCommandThatADocumentNamesIsThere() throws IOException {
    for (Path document : documents()) {
      assertThat(all(COMMAND, Files.readString(document)))
          .as(ROOT.relativize(document).toString())
          .allSatisfy(command -> assertThat(Help.of(command)).as(command).isPresent());
    }
  }

  @Test
  void everyDecisionHasANumberOfItsOwn() throws IOException {
    try (Stream<Path> decisions = Files.list(ROOT.resolve("docs/adr"))) {
      List<String> numbers =
          decisions
              .map(path -> path.getFileName().toString())
              .filter(name -> !name.equals("template.md"))
              .map(name -> name.substring(0, 4))
              .toList();

      assertThat(numbers).allMatch(number -> number.matches("\\d{4}")).doesNotHaveDuplicates();
    }
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
