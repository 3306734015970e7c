package dev.cofferdam.review.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is accepted, as reviewed data of whoever answers for a platform: one file, read as strictly
 * as the register.
 *
 * @param all each of another subject
 */
public record Acceptances(List<Acceptance> all) {
  public Acceptances {
    all = List.copyOf(all);
    Set<String> subjects = new HashSet<>();
    for (Acceptance acceptance : all) {
      if (!subjects.add(acceptance.subject())) {
        throw new RegisterRefusedException("`" + acceptance.subject() + "` is accepted twice");
      }
    }
  }

  /** Nothing is accepted. */
  public static Acceptances none() {
    return new Acceptances(List.of());
  }

  /**
   * The ones in {@code file}.
   *
   * @throws RegisterRefusedException when they are not whole, saying which field
   */
  public static Acceptances in(Path file) throws IOException {
    return read(file.getFileName().toString(), Files.readString(file));
  }

  static Acceptances read(String name, String yaml) {
    return RegisterReader.acceptances(name, yaml);
  }

  /** The one of {@code subject}, expired or not. */
  public Optional<Acceptance> of(String subject) {
    return all.stream().filter(one -> one.subject().equals(subject)).findFirst();
  }
}
