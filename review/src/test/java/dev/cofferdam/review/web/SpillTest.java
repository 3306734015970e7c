package dev.cofferdam.review.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SpillTest {
  private static final String CANARY = "canary-" + UUID.randomUUID();

  /** As long as an id, and written otherwise. */
  private static final String CODE = "code-code-code-code-code-code-code-c";

  private final String id = UUID.randomUUID().toString();
  private final String other = UUID.randomUUID().toString();
  private final Spill spill =
      new Spill(CANARY, new Things(Map.of("group", List.of(id, other), "code", List.of(CODE))));

  @Test
  void findsTheCanaryAndEachIdWhereverItStands() {
    Ask ask = Ask.get("/v1/groups");

    assertThat(spill.in(ask, said("so " + CANARY))).hasValue("`" + CANARY + "`");
    assertThat(spill.in(ask, said(id))).hasValue("the id " + id);
    assertThat(spill.in(ask, said("a-b" + UUID.randomUUID() + "--" + other + "-")))
        .hasValue("the id " + other);
    assertThat(spill.in(ask, said("by " + CODE))).hasValue("the id " + CODE);
  }

  @Test
  void whatWasAskedForIsNoNewsAndWhatStandsBesideItIs() {
    Ask ask = Ask.get("/v1/groups/" + id);

    assertThat(spill.in(ask, said("there is no " + id + ", " + UUID.randomUUID()))).isEmpty();
    assertThat(spill.in(ask, said(id + ", " + other))).hasValue("the id " + other);
    assertThat(spill.in(ask, said("-------- ---- " + id.substring(1)))).isEmpty();
  }

  private static Reply said(String body) {
    return new Reply(200, List.of(), body.getBytes(UTF_8), 0);
  }
}
