package dev.cofferdam.server.rotation.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.rotation.Consent;
import dev.cofferdam.server.rotation.Destruction;
import dev.cofferdam.server.rotation.Destructions;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The end of an older version of a purpose's keys for all tenants, which takes two operators. */
@RestController
class DestructionController {
  private static final int MOST = 50;

  private final Destructions destructions;

  DestructionController(Destructions destructions) {
    this.destructions = destructions;
  }

  /**
   * Why, and of what.
   *
   * @param confirm the purpose and the version as they stand in the address, such as {@code
   *     column/3}
   */
  record Wish(String reason, String confirm) {}

  /**
   * A destruction.
   *
   * @param state {@code wished}, {@code approved}, {@code going_on}, {@code ended} or {@code
   *     withdrawn}
   * @param dueAt when it is done; until then it can be called back
   * @param destroyed how many keys so far
   * @param kept how many tenants had such a key and keep it, since it is active or needed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DestructionBody(
      UUID id,
      String purpose,
      int version,
      String state,
      String reason,
      UUID wishedBy,
      Instant wishedAt,
      @Nullable UUID approvedBy,
      @Nullable Instant approvedAt,
      @Nullable Instant dueAt,
      @Nullable UUID withdrawnBy,
      @Nullable Instant withdrawnAt,
      long destroyed,
      long kept,
      @Nullable Instant endedAt) {
    static DestructionBody of(Destruction destruction) {
      return new DestructionBody(
          destruction.id(),
          destruction.purpose().label(),
          destruction.version(),
          destruction.state().name().toLowerCase(Locale.ROOT),
          destruction.reason(),
          destruction.wishedBy().value(),
          destruction.wishedAt(),
          destruction.approved().map(approved -> approved.by().value()).orElse(null),
          destruction.approved().map(Destruction.Approved::at).orElse(null),
          destruction.approved().map(Destruction.Approved::due).orElse(null),
          destruction.withdrawn().map(withdrawn -> withdrawn.by().value()).orElse(null),
          destruction.withdrawn().map(Destruction.Withdrawn::at).orElse(null),
          destruction.destroyed(),
          destruction.kept(),
          destruction.endedAt().orElse(null));
    }
  }

  record DestructionList(List<DestructionBody> destructions) {}

  /** Wishes it: another operator has to approve it before anything happens. */
  @PostMapping("/v1/operator/keys/{purpose}/{version}/destroy-for-all")
  @Surface(
      summary = "Wishes that an older key be destroyed for all tenants, which another approves.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "destruction.wish",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT, ProblemCode.INVALID_FIELD})
  Recorded<DestructionBody> wish(
      Call call,
      Caller.Operator caller,
      @PathVariable String purpose,
      @PathVariable int version,
      @RequestBody Wish wish) {
    KeyPurpose known = KeyController.purpose(purpose);
    if (!(known.label() + "/" + version).equals(wish.confirm())) {
      throw Refusal.invalid("confirm").thrown();
    }
    return answered(
        destructions.wish(call, caller, known, version, KeyController.reason(wish.reason())));
  }

  /** Approves what another operator wished. */
  @PostMapping("/v1/operator/destructions/{destruction}/approve")
  @Surface(
      summary = "Approves a destruction that another operator wished; it is done after a delay.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "destruction.approve",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT})
  Recorded<DestructionBody> approve(
      Call call, Caller.Operator caller, @PathVariable UUID destruction) {
    return answered(destructions.approve(call, caller, destruction));
  }

  /** Calls it back before anything of it was done. */
  @PostMapping("/v1/operator/destructions/{destruction}/withdraw")
  @Surface(
      summary = "Calls a destruction back, before its time has come.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "destruction.withdraw",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT})
  Recorded<DestructionBody> withdraw(
      Call call, Caller.Operator caller, @PathVariable UUID destruction) {
    return answered(destructions.withdraw(call, caller, destruction));
  }

  /** The newest fifty, the newest first. */
  @GetMapping("/v1/operator/destructions")
  @Surface(
      summary = "Lists the newest destructions for all tenants, wished, approved and done.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "destruction.list")
  DestructionList newest() {
    return new DestructionList(
        destructions.newest(MOST).stream().map(DestructionBody::of).toList());
  }

  @GetMapping("/v1/operator/destructions/{destruction}")
  @Surface(
      summary = "Reads how far a destruction is.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "destruction.read",
      problems = ProblemCode.NOT_FOUND)
  DestructionBody read(@PathVariable UUID destruction) {
    return destructions
        .find(destruction)
        .map(DestructionBody::of)
        .orElseThrow(() -> Refusal.notFound().thrown());
  }

  private static Recorded<DestructionBody> answered(Consent consent) {
    return switch (consent) {
      case Consent.Given(Recorded<Destruction> destruction) ->
          destruction.with(DestructionBody.of(destruction.body()));
      case Consent.Own own -> throw Refusal.of(ProblemCode.CONFLICT).because("own").thrown();
      case Consent.NoWay noWay -> throw Refusal.of(ProblemCode.CONFLICT).because("state").thrown();
      case Consent.Unknown unknown -> throw Refusal.notFound().thrown();
    };
  }
}
