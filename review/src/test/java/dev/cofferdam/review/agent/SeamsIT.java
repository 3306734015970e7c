package dev.cofferdam.review.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.verifier.VerifierSeams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;

/**
 * The names by which the review knows the server, and what the server must not know of the review.
 */
final class SeamsIT {
  private final Path server = Archives.builtIn(Path.of("..")).server();
  private final Path node = Archives.builtIn(Path.of("..")).node();

  @Test
  void everySeamOfTheAgentIsInTheServer() throws IOException {
    assertThere(Seams.all(), server);
  }

  @Test
  void everySeamOfTheVerifierIsInTheNode() throws IOException {
    assertThere(VerifierSeams.all(), node);
  }

  private static void assertThere(List<Seams.Seam> seams, Path archive) throws IOException {
    try (ClassFileLocator classes = classes(archive)) {
      TypePool types = TypePool.Default.of(classes);
      for (Seams.Seam seam : seams) {
        TypePool.Resolution type = types.describe(seam.type());
        assertThat(type.isResolved()).as(seam.type()).isTrue();
        TypeDescription description = type.resolve();
        assertThat(
                description
                    .getDeclaredMethods()
                    .filter(
                        seam.method().equals("<init>")
                            ? ElementMatchers.isConstructor()
                            : ElementMatchers.named(seam.method())))
            .as(seam.type() + "." + seam.method())
            .isNotEmpty();
      }
    }
  }

  @Test
  void everySeamOfTheRegisterIsInTheServer() throws IOException {
    Register register = Register.shipped();
    try (ClassFileLocator classes = classes(server)) {
      TypePool types = TypePool.Default.of(classes);
      Stream.concat(
              register.threats().flatMap(threat -> threat.seam().classes().stream()),
              register.layers().values().stream().flatMap(layer -> layer.seam().classes().stream()))
          .distinct()
          .forEach(name -> assertThat(types.describe(name).isResolved()).as(name).isTrue());
    }
  }

  @Test
  void theProductionArtefactsHoldNeitherAgentNorSwitch() throws IOException {
    for (Path archive : Stream.concat(archives(server), archives(node)).toList()) {
      try (JarFile jar = new JarFile(archive.toFile())) {
        Manifest manifest = jar.getManifest();
        if (manifest != null) {
          assertThat(manifest.getMainAttributes().keySet().stream().map(Object::toString))
              .as(archive.toString())
              .doesNotContain("Premain-Class", "Agent-Class", "Launcher-Agent-Class");
        }
        assertThat(jar.stream().map(Object::toString))
            .as(archive.toString())
            .noneMatch(name -> name.startsWith("dev/cofferdam/review/"))
            .noneMatch(name -> name.startsWith("net/bytebuddy/"));
      }
    }
    for (Path archive : List.of(server, node)) {
      assertThat(
              new String(Files.readAllBytes(archive), java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("cofferdam/review");
    }
  }

  private static ClassFileLocator classes(Path of) throws IOException {
    ClassFileLocator[] locators =
        archives(of)
            .map(
                archive -> {
                  try {
                    return ClassFileLocator.ForJarFile.of(archive.toFile());
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                })
            .toArray(ClassFileLocator[]::new);
    return new ClassFileLocator.Compound(
        new ClassFileLocator.Compound(locators),
        ClassFileLocator.ForClassLoader.ofPlatformLoader());
  }

  /** An archive, with the libraries beside it; the review's own libraries are elsewhere. */
  private static Stream<Path> archives(Path of) throws IOException {
    try (Stream<Path> libraries = Files.list(of.resolveSibling("lib"))) {
      return Stream.concat(
          Stream.of(of), libraries.filter(file -> file.toString().endsWith(".jar")))
          .toList()
          .stream();
    }
  }
}
