package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PlacedSql;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tenant with a project, people and nodes, over HTTP: on a server that believes what {@link
 * Strangers} are told.
 */
public final class Yard {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Bodies as bytes, since a sealed answer is no text. */
  public record Answer(HttpResponse<byte[]> http) {
    public int status() {
      return http.statusCode();
    }

    public String body() {
      return new String(http.body(), UTF_8);
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(body());
    }

    public String text(String field) {
      return json().path(field).asString("");
    }

    /** A header field, empty when it is missing. */
    public String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    /** The body of a problem without what differs from request to request. */
    String withoutRequestId() {
      return body().replaceAll(",\"request_id\":\"[^\"]*\"", "");
    }
  }

  /** Somebody who sends requests. */
  public final class Somebody {
    public final UUID id;
    private final String told;

    private Somebody(String kind, UUID id) {
      this.id = id;
      this.told = kind + " " + id + " " + tenant();
    }

    public Answer get(String path) {
      return send(request(path).GET());
    }

    Answer write(String method, String path, Map<String, ?> body, String... headers) {
      return send(
          with(headers, request(path))
              .header("Content-Type", "application/json")
              .method(
                  method, BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
    }

    Answer without(String method, String path) {
      return send(request(path).method(method, BodyPublishers.noBody()));
    }

    /** Puts a value on the condition of an entity tag. */
    Answer put(String name, byte[] value, String tag) {
      return send(
          request(secret(name) + "/value")
              .header("Content-Type", "application/octet-stream")
              .header("If-Match", tag)
              .PUT(BodyPublishers.ofByteArray(value)));
    }

    /** Makes a secret with a first value. */
    public void makes(String name, byte[] value) {
      Answer made = write("POST", "/v1/projects/" + project + "/secrets", Map.of("name", name));
      if (made.status() != 201) {
        throw new AssertionError(made.body());
      }
      puts(name, value);
    }

    /** Puts the next value. */
    void puts(String name, byte[] value) {
      Answer put = put(name, value, get(secret(name)).header("ETag"));
      if (put.status() != 200) {
        throw new AssertionError(put.body());
      }
    }

    /** Reads as a node does. */
    public Answer reads(String name) {
      return get("/v1/secrets/" + project + "/" + name);
    }

    HttpRequest.Builder request(String path) {
      return requests.apply(path).header(Strangers.HEADER, told);
    }
  }

  final Scope.OfTenant scope;
  public final ProjectId project;
  private final JdbcClient superuser;
  private final Function<String, HttpRequest.Builder> requests;

  Yard(RunningServer server, Scope.OfTenant scope) {
    this(server.superuser(), server::request, scope);
  }

  /**
   * @param superuser of the server's database
   * @param requests begins a request for a path of the server
   */
  public Yard(
      JdbcClient superuser, Function<String, HttpRequest.Builder> requests, Scope.OfTenant scope) {
    this.superuser = superuser;
    this.requests = requests;
    this.scope = scope;
    this.project = project("Hull");
  }

  String tenant() {
    return scope.tenant().toString();
  }

  String secret(String name) {
    return "/v1/projects/" + project + "/secrets/" + name;
  }

  ProjectId project(String name) {
    UUID id = UUID.randomUUID();
    sql(
            """
            insert into {schema}.project (tenant_id, project_id, name, state, created_at, changed_at)
            values (:tenant, :id, :name, 'active', now(), now())
            """,
            "authz")
        .param("id", id)
        .param("name", name)
        .update();
    return new ProjectId(id);
  }

  /** A member of this role who is this to the project. */
  public Somebody person(Role role, String relation) {
    Somebody person = new Somebody(role.name().toLowerCase(Locale.ROOT), UUID.randomUUID());
    if (!relation.isEmpty()) {
      grant(project.value(), "person", person.id, relation);
    }
    return person;
  }

  /** A node, as if it had registered. */
  public Somebody node(NodeKeys keys) {
    UUID id = UUID.randomUUID();
    String own = id.toString();
    superuser
        .sql(
            """
            insert into nodes.node (tenant_id, node_id, name, authentication_public, authentication_id,
                                    receiving_algorithm, receiving_public, receiving_id, keys_since, registered_at,
                                    record_id)
            values (:tenant, :node, :own, decode(repeat('01', 64), 'hex'), rpad(:own, 43, 'a'),
                    'x25519', :key, :keyId, now(), now(), :node)
            """)
        .param("tenant", scope.tenant().value())
        .param("node", id)
        .param("own", own)
        .param("key", keys.published())
        .param("keyId", keys.id())
        .update();
    return new Somebody("node", id);
  }

  /** The node has other keys from now on. */
  void rekey(Somebody node, NodeKeys keys) {
    superuser
        .sql(
            """
            update nodes.node set receiving_public = :key, receiving_id = :keyId
             where tenant_id = :tenant and node_id = :node
            """)
        .param("tenant", scope.tenant().value())
        .param("node", node.id)
        .param("key", keys.published())
        .param("keyId", keys.id())
        .update();
  }

  void revoke(Somebody node) {
    superuser
        .sql(
            "update nodes.node set revoked_at = now() where tenant_id = :tenant and node_id = :node")
        .param("tenant", scope.tenant().value())
        .param("node", node.id)
        .update();
  }

  public void grant(UUID object, String kind, UUID subject, String relation) {
    sql(
            """
            insert into {schema}.granted (tenant_id, object_id, subject_kind, subject_id, relation, granted_at)
            values (:tenant, :object, :kind, :subject,
                    array_position(array['reader', 'writer', 'manager'], :relation), now())
            """,
            "authz")
        .param("object", object)
        .param("kind", kind)
        .param("subject", subject)
        .param("relation", relation)
        .update();
  }

  /** A group that has this node. */
  UUID group(Somebody node) {
    UUID group = UUID.randomUUID();
    sql(
            """
            insert into {schema}.member_group (tenant_id, group_id, name, created_at, changed_at)
            values (:tenant, :group, :own, now(), now())
            """,
            "authz")
        .param("group", group)
        .param("own", group.toString())
        .update();
    sql(
            """
            insert into {schema}.group_member (tenant_id, subject_kind, subject_id, group_id, added_at)
            values (:tenant, 'node', :node, :group, now())
            """,
            "authz")
        .param("group", group)
        .param("node", node.id)
        .update();
    return group;
  }

  /** As somebody who has the whole database, on the tables of this tenant's place. */
  JdbcClient.StatementSpec sql(String text, String module) {
    return superuser
        .sql(Scopes.call(scope, () -> new PlacedSql(module).of(text)))
        .param("tenant", scope.tenant().value());
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.Builder with(String[] headers, HttpRequest.Builder request) {
    for (int n = 0; n < headers.length; n += 2) {
      request.header(headers[n], headers[n + 1]);
    }
    return request;
  }
}
