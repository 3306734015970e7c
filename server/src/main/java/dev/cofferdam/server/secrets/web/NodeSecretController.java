package dev.cofferdam.server.secrets.web;

import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretRead;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.secrets.NodeRead;
import dev.cofferdam.server.secrets.NodeReads;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Disclosed;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Secrets as nodes get them. */
@RestController
class NodeSecretController {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final NodeReads reads;

  NodeSecretController(NodeReads reads) {
    this.reads = reads;
  }

  @GetMapping(path = "/v1/secrets/{project}/{name}", produces = SealedSecret.MEDIA_TYPE)
  @Surface(
      summary = "Reads a secret, sealed to the node that asks.",
      access = Access.NODE,
      limit = "secret",
      action = SecretRead.ACTION,
      sensitive = true,
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.INVALID_FIELD,
        ProblemCode.GONE,
        ProblemCode.UNAVAILABLE
      })
  Disclosed<byte[]> read(
      Caller.Node node,
      @PathVariable UUID project,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Long version) {
    if (version != null && version < 1) {
      throw Refusal.invalid("version").thrown();
    }
    NodeRead read =
        reads.read(
            node,
            new ProjectId(project),
            Answers.name(name),
            version == null ? OptionalLong.empty() : OptionalLong.of(version));
    return switch (read) {
      case NodeRead.Given(var secret, var address, byte[] answer) ->
          new Disclosed<>(
              secret.toString(),
              SecretRead.details(address, answer),
              Map.of(
                  SealedSecret.KEY_FIELD,
                  address.keyId(),
                  SealedSecret.VERSION_FIELD,
                  Long.toString(address.version())),
              answer);
      case NodeRead.Denied(var reason) -> throw reason.refusal().thrown();
      case NodeRead.NoSuchVersion none ->
          throw Refusal.notFound().because("no_such_version").thrown();
      case NodeRead.Gone gone -> throw Refusal.of(ProblemCode.GONE).thrown();
      case NodeRead.Unavailable unavailable ->
          throw Refusal.of(ProblemCode.UNAVAILABLE).after(SOON).because("secret_store").thrown();
    };
  }
}
