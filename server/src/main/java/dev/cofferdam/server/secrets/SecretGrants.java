package dev.cofferdam.server.secrets;

import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.server.authz.Change;
import dev.cofferdam.server.authz.GrantView;
import dev.cofferdam.server.authz.Grantee;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.authz.Shown;
import dev.cofferdam.server.authz.ThingGrants;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;

/** Which nodes get one secret without a relation to its project. */
public final class SecretGrants {
  private final Secrets secrets;
  private final ThingGrants grants;

  SecretGrants(Secrets secrets, ThingGrants grants) {
    this.secrets = secrets;
    this.grants = grants;
  }

  public Shown<Page<GrantView>> list(
      Caller caller, ProjectId project, SecretName name, PageRequest asked) {
    return grants.list(caller, project, () -> secrets.thing(project, name), asked);
  }

  public Change<GrantView> give(
      Call call, Caller.Person by, ProjectId project, SecretName name, Grantee grantee) {
    return grants.give(call, by, project, () -> secrets.thing(project, name), grantee);
  }

  public Change<GrantView> take(
      Call call, Caller.Person by, ProjectId project, SecretName name, Grantee grantee) {
    return grants.take(call, by, project, () -> secrets.thing(project, name), grantee);
  }
}
