package dev.cofferdam.review.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RegisterReaderTest {
  private static final String WHOLE =
      """
      family: ISO
      title: isolation
      threats:
        - id: ISO-01
          source: [lif, (mr)]
          threat: reads
          control: denied
          seam: {module: tenancy}
          posture:
            active: [database]
            deferred: {http: no routes}
          references: [CWE-639, 'API1:2023', ASVS-8.4.1]
          layers: [policy]
          mutants:
            - {attack: ISO-01.reads, layers: [policy]}
      """;

  @Test
  void everyFieldIsRead() {
    Threat threat = RegisterReader.family("iso.yaml", WHOLE).threats().getFirst();

    assertThat(threat.source()).containsExactly("lif", "(mr)");
    assertThat(threat.posture().state()).isEqualTo(Posture.State.PARTIAL);
    assertThat(threat.posture().deferred()).containsEntry(Half.HTTP, "no routes");
    assertThat(threat.mutants()).containsExactly(new Mutant("ISO-01.reads", List.of("policy")));
  }

  @Test
  void anUnknownFieldIsRefusedAtAnyDepth() {
    assertRefused(WHOLE.replace("title:", "headline: x\ntitle:"), "`headline` is not known");
    assertRefused(WHOLE.replace("module: tenancy", "module: tenancy, line: '7'"), "`line`");
    assertRefused(WHOLE.replace("layers: [policy]}", "layers: [policy], note: x}"), "`note`");
    assertRefused(WHOLE.replace("active: [database]", "activ: [database]"), "`activ`");
  }

  @Test
  void aMissingOrMistypedFieldIsRefused() {
    assertRefused(WHOLE.replace("    control: denied\n", ""), "`control` is missing");
    assertRefused(WHOLE.replace("control: denied", "control: 7"), "`control` is to be text");
    assertRefused(WHOLE.replace("source: [lif, (mr)]", "source: lif"), "`source` is to be a list");
    assertRefused(WHOLE + "title: again\n", "no YAML");
  }

  @Test
  void whatIsSaidMustBeKnown() {
    assertRefused(WHOLE.replace("lif, (mr)", "hearsay"), "unknown source `hearsay`");
    assertRefused(WHOLE.replace("CWE-639", "CVE-1"), "refers to `CVE-1`");
    assertRefused(WHOLE.replace("[database]", "[basement]"), "`basement` is no half");
    assertRefused(WHOLE.replace("id: ISO-01", "id: KEY-01"), "stands in the file of family ISO");
    assertRefused(
        WHOLE.replace("{http: no routes}", "{database: no}"), "two things about database");
  }

  @Test
  void nothingIsActiveWithoutALayerAndAMutant() {
    assertRefused(
        WHOLE.replace("- {attack: ISO-01.reads, layers: [policy]}", "[]"),
        "needs a layer and a mutant");
    assertRefused(WHOLE.replace("active: [database]", "active: []"), "yet no half of it is active");
    assertRefused(
        WHOLE.replace("layers: [policy]}", "layers: [moat]}"), "`moat`, which threat ISO-01");
  }

  @Test
  void aLayerIsListedOnceAndUsed() {
    String layers =
        """
        layers:
          - id: policy
            what: the row policy
            seam: {module: tenancy}
            out: {sql: drop policy}
        """;
    Family family = RegisterReader.family("iso.yaml", WHOLE);

    assertThat(RegisterReader.layers("layers.yaml", layers).get("policy"))
        .isEqualTo(
            new Layer(
                "policy",
                "the row policy",
                new Seam("tenancy", List.of()),
                new Layer.InDatabase("drop policy", "")));
    assertThatThrownBy(() -> new Register(List.of(family), java.util.Map.of()))
        .hasMessageContaining("the layer `policy`, which is not listed");
    assertThatThrownBy(
            () ->
                new Register(
                    List.of(family),
                    RegisterReader.layers(
                        "layers.yaml",
                        layers + layers.replace("layers:\n", "").replace("policy\n", "moat\n"))))
        .hasMessageContaining("no threat is met by the layer `moat`");
    assertThatThrownBy(() -> RegisterReader.layers("l", layers + layers.replace("layers:\n", "")))
        .hasMessageContaining("`policy` is there twice");
  }

  private static void assertRefused(String yaml, String why) {
    assertThatThrownBy(() -> RegisterReader.family("iso.yaml", yaml))
        .isInstanceOf(RegisterRefusedException.class)
        .hasMessageContaining("iso.yaml")
        .hasMessageContaining(why);
  }
}
