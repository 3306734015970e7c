package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.launch.ScriptHouse.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./cofferdam test} with a real Maven, on small modules each of which stands on the one
 * before: it goes on after a failure, and passes for none.
 */
final class SuiteIT {
  private static final Path REAL = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;
  private ScriptHouse house;

  @BeforeEach
  void furnish() throws Exception {
    house = new ScriptHouse(folder.toRealPath());
    house.with("JAVA_HOME", System.getProperty("java.home"));
    Files.createSymbolicLink(house.root().resolve(".mvn/wrapper"), REAL.resolve(".mvn/wrapper"));
    house.maven(
        """
        export PATH=/usr/bin:/bin HOME='%s' MAVEN_OPTS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
        exec '%s' --offline -f suite "$@"
        """
            .formatted(System.getProperty("user.home"), REAL.resolve("mvnw")));
  }

  @Test
  void itGoesOnAfterAFailureAndPassesForNone() throws Exception {
    module("holds", "SomeTest", "", "");
    module("fails", "SomeTest", "holds", "org.junit.jupiter.api.Assertions.fail(\"is wrong\");");
    module("breaks", "SomeIT", "fails", "throw new IllegalStateException(\"is broken\");");
    suite("holds", "fails", "breaks");
    Said fails = house.run("test");
    assertThat(fails.code()).as(fails.text()).isEqualTo(1);
    assertThat(Files.readString(house.root().resolve("target/test.log"))).contains("BUILD SUCCESS");
    assertThat(end(fails))
        .contains("[INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0\n")
        .contains("[ERROR] Tests run: 1, Failures: 1, Errors: 0, Skipped: 0\n")
        .contains("[ERROR] Tests run: 1, Failures: 0, Errors: 1, Skipped: 0\n")
        .containsSubsequence("SomeTest.plays:", "is wrong", "SomeIT.plays:", "is broken");

    module("dies", "SomeTest", "holds", "Runtime.getRuntime().halt(3);");
    suite("holds", "dies");
    Said dies = house.run("test");
    assertThat(dies.code()).as(dies.text()).isEqualTo(1);
    assertThat(end(dies))
        .contains("[ERROR] Failed to execute goal ", " on project dies: ")
        .doesNotContain("Failures: 1");
  }

  /** What stands where one looks: from the totals on. */
  private static String end(Said said) {
    int totals = said.text().lastIndexOf("\n\n[");
    assertThat(totals).as(said.text()).isPositive();
    return said.text().substring(totals);
  }

  private void suite(String... modules) throws Exception {
    Path suite = house.root().resolve("suite");
    Files.writeString(
        suite.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>dev.cofferdam</groupId>
            <artifactId>cofferdam</artifactId>
            <version>0.1.0-SNAPSHOT</version>
            <relativePath>%s</relativePath>
          </parent>
          <artifactId>suite</artifactId>
          <packaging>pom</packaging>
          <modules><module>%s</module></modules>
          <properties>
            <test.again>0</test.again>
            <enforcer.skip>true</enforcer.skip>
            <spotless.check.skip>true</spotless.check.skip>
          </properties>
          <build>
            <plugins>
              <plugin>
                <artifactId>maven-compiler-plugin</artifactId>
                <configuration combine.self="override"/>
              </plugin>
              <plugin>
                <artifactId>maven-failsafe-plugin</artifactId>
                <executions>
                  <execution><goals><goal>integration-test</goal><goal>verify</goal></goals></execution>
                </executions>
              </plugin>
            </plugins>
          </build>
        </project>
        """
            .formatted(
                suite.toRealPath().relativize(REAL.toRealPath().resolve("pom.xml")),
                String.join("</module><module>", modules)));
  }

  private void module(String name, String test, String standsOn, String lines) throws Exception {
    Path module = house.root().resolve("suite").resolve(name);
    Files.writeString(
        Files.createDirectories(module.resolve("src/test/java")).resolve(test + ".java"),
        """
        class %s {
          @org.junit.jupiter.api.Test
          void plays() {
            %s
          }
        }
        """
            .formatted(test, lines));
    Files.writeString(
        module.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>dev.cofferdam</groupId>
            <artifactId>suite</artifactId>
            <version>0.1.0-SNAPSHOT</version>
          </parent>
          <artifactId>%s</artifactId>
          <dependencies>
            <dependency>
              <groupId>org.junit.jupiter</groupId>
              <artifactId>junit-jupiter</artifactId>
              <scope>test</scope>
            </dependency>
            %s
          </dependencies>
        </project>
        """
            .formatted(
                name,
                standsOn.isEmpty()
                    ? ""
                    : "<dependency><groupId>dev.cofferdam</groupId><artifactId>%s</artifactId>"
                            .formatted(standsOn)
                        + "<version>${project.version}</version></dependency>"));
  }
}
