package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule of {@code LibrariesIT}, on builds that it must refuse. */
class LibrariesTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final List<Library> LISTED =
      List.of(new Library(A, "org.x:x:1.0", "run"), new Library(B, "org.y:y:2.0:uber", "tests"));

  @TempDir Path folder;

  private static List<String> against(Library... built) {
    return LibraryList.complaints(LISTED, List.of(built), true);
  }

  @Test
  void whatIsListedIsFine() {
    assertThat(against(LISTED.toArray(Library[]::new))).isEmpty();
    assertThat(LibraryList.complaints(LISTED, LISTED.subList(0, 1), false)).isEmpty();
  }

  @Test
  void whatIsUnexpectedChangedOrUnpinnedIsNot() {
    Library x = LISTED.getFirst();
    Library y = LISTED.getLast();

    assertThat(against(x, y, new Library(A, "org.evil:evil:1.0", "run")))
        .containsExactly("org.evil:evil:1.0 is not listed");
    assertThat(against(new Library(B, x.name(), "run"), y))
        .containsExactly("org.x:x:1.0 has other bytes");
    assertThat(against(new Library("", x.name(), "run"), y))
        .containsExactly("org.x:x:1.0 has no bytes");
    assertThat(against(x, y, new Library(A, "org.x:x:1.1", "run")))
        .containsExactly("org.x:x:1.1 came for 1.0");
    for (String version : new String[] {"1.0-SNAPSHOT", "LATEST", "[1.0,2.0)", "1.+"}) {
      assertThat(against(x, y, new Library(A, "org.x:x:" + version, "run")))
          .as(version)
          .containsExactly("org.x:x:" + version + " is not pinned");
    }
    assertThat(against(x)).containsExactly("org.y:y:2.0:uber is listed and not used");
    assertThat(against(x, new Library(B, y.name(), "run")))
        .containsExactly("org.y:y:2.0:uber is for run");
  }

  @Test
  void anArchiveWithOtherBytesIsFound() throws Exception {
    Files.writeString(folder.resolve("x-1.0.jar"), "x");
    Files.writeString(folder.resolve("cofferdam-server-1.jar"), "ours");
    Libraries known =
        new Libraries(
            List.of(new Library(Libraries.sha256(folder.resolve("x-1.0.jar")), "o:x:1.0", "run")));
    assertThat(known.foreign(folder)).isEmpty();

    Files.writeString(folder.resolve("x-1.0.jar"), "y");
    Files.writeString(folder.resolve("evil-1.0.jar"), "x");

    // By its bytes and not by its name, which anybody can give it.
    assertThat(known.foreign(folder)).containsExactly("x-1.0.jar");
  }

  @Test
  void aListThatCannotBeReadIsNone() {
    assertThatThrownBy(() -> Library.ofLine("abc  org.x:x:1.0  run"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Library.ofLine(LISTED.getLast().line())).isEqualTo(LISTED.getLast());
  }
}
