package dev.cofferdam.review.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What counts as a difference between two denials, and what as a spill. */
final class DenialTest {
  private static final Route ROUTE =
      new Route(
          "GET",
          "/v1/groups/{group}",
          "tenant",
          Set.of(),
          "group.view",
          List.of(),
          List.of(),
          false,
          false,
          false,
          false,
          false,
          false,
          Set.of("not_found"));
  private static final String ID = "01a21c6d-a77d-72c1-a824-a713d9d3e959";

  private static Reply reply(int status, String code, String request, Ask.Field... more) {
    List<Ask.Field> fields = new ArrayList<>(List.of(more));
    fields.add(new Ask.Field("Cofferdam-Request-Id", request));
    fields.add(new Ask.Field("Content-Type", "application/problem+json"));
    String body = "{\"code\":\"%s\",\"request_id\":\"%s\"}".formatted(code, request);
    return new Reply(status, fields, body.getBytes(StandardCharsets.UTF_8), 1);
  }

  private static Asked asked(Reply reply) {
    return new Asked("somebody", ROUTE, Ask.get("/v1/groups/x"), reply);
  }

  @Test
  void answersThatDifferInTheirRequestAloneAreTheSame() {
    Ask.Field one = new Ask.Field("RateLimit", "\"read\";r=598;t=1");
    Ask.Field other = new Ask.Field("RateLimit", "\"read\";r=2;t=30");

    assertThat(
            Denial.difference(
                reply(404, "not_found", "1", one), reply(404, "not_found", "2", other)))
        .isEmpty();
  }

  @Test
  void statusBodyAndFieldsTellThemApart() {
    Reply denied = reply(404, "not_found", "1");

    assertThat(Denial.difference(denied, reply(403, "not_found", "2"))).isPresent();
    assertThat(Denial.difference(denied, reply(404, "gone", "2"))).isPresent();
    assertThat(
            Denial.difference(denied, reply(404, "not_found", "2", new Ask.Field("ETag", "\"1\""))))
        .isPresent();
    assertThat(
            Denial.difference(
                reply(404, "not_found", "1", new Ask.Field("RateLimit", "\"read\";r=1;t=1")),
                reply(404, "not_found", "2", new Ask.Field("RateLimit", "\"list\";r=1;t=1"))))
        .isPresent();
  }

  @Test
  void aCodeThatTheDocumentDoesNotNameIsUndocumented() {
    assertThat(Denial.undocumented(asked(reply(404, "not_found", "1")))).isEmpty();
    assertThat(Denial.undocumented(asked(reply(500, "internal", "1")))).isPresent();
    Reply page = new Reply(404, List.of(), "<html>".getBytes(StandardCharsets.UTF_8), 1);
    assertThat(Denial.undocumented(asked(page))).isPresent();
  }

  @Test
  void whatSomebodyWroteThemselvesIsNoSpill() {
    Spill spill = new Spill("canary-1", new Things(Map.of("group", List.of(ID))));
    Reply echo = reply(200, ID, "1");

    assertThat(spill.in(Ask.get("/v1/groups/" + ID), echo)).isEmpty();
    assertThat(spill.in(Ask.get("/v1/groups"), echo)).contains("the id " + ID);
    assertThat(spill.in(Ask.get("/canary-1"), reply(200, "canary-1", "1"))).isPresent();
  }
}
