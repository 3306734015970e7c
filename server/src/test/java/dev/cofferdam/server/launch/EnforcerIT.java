package dev.cofferdam.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build refuses what is banned: shown on a module that takes in a library of that name. */
final class EnforcerIT {
  @TempDir Path folder;

  @Test
  void aBannedLibraryStopsTheBuild() throws Exception {
    plantLibrary("org.projectlombok", "lombok");
    plantLibrary("org.example", "harmless");

    assertThat(validate("org.example", "harmless")).contains("BUILD SUCCESS");
    assertThat(validate("org.projectlombok", "lombok"))
        .contains("No Lombok, no JPA, no reactive stack (CONTRIBUTING.md).")
        .contains("org.projectlombok:lombok:jar:1 <--- banned")
        .contains("BUILD FAILURE");
  }

  /** Into a repository in a folder, so that nothing is fetched. */
  private void plantLibrary(String group, String name) throws Exception {
    Path place =
        Files.createDirectories(
            folder.resolve("repository/%s/%s/1".formatted(group.replace('.', '/'), name)));
    Files.writeString(
        place.resolve(name + "-1.pom"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>%s</groupId><artifactId>%s</artifactId><version>1</version></project>"
            .formatted(group, name));
    new JarOutputStream(Files.newOutputStream(place.resolve(name + "-1.jar"))).close();
  }

  private String validate(String group, String name) throws Exception {
    Path root = Path.of("..").toAbsolutePath().normalize();
    Path module = Files.createDirectories(folder.resolve("module-" + name));
    Files.writeString(
        module.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>dev.cofferdam</groupId>
            <artifactId>cofferdam</artifactId>
            <version>0.1.0-SNAPSHOT</version>
            <relativePath>%s</relativePath>
          </parent>
          <artifactId>planted</artifactId>
          <repositories><repository><id>planted</id><url>%s</url></repository></repositories>
          <dependencies>
            <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>1</version></dependency>
          </dependencies>
        </project>
        """
            .formatted(
                module.toRealPath().relativize(root.toRealPath().resolve("pom.xml")),
                folder.resolve("repository").toUri(),
                group,
                name));
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    root.resolve("mvnw").toString(),
                    "--batch-mode",
                    "--offline",
                    // Of this machine's own settings a mirror would take the planted one's place.
                    "--settings="
                        + Files.writeString(folder.resolve("settings.xml"), "<settings/>"),
                    "-Daether.offline.protocols=file",
                    "-Dmaven.repo.local.tail="
                        + System.getProperty("user.home")
                        + "/.m2/repository",
                    "-Dmaven.repo.local=" + folder.resolve("local"),
                    "validate"))
            .directory(module.toFile())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
    Process maven = builder.start();
    maven.getOutputStream().close();
    String said = new String(maven.getInputStream().readAllBytes(), UTF_8);
    maven.waitFor();
    return said;
  }
}
