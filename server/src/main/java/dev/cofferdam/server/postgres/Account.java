package dev.cofferdam.server.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * As whom PostgreSQL's executables run. They refuse user id 0, and for a reason that does not apply
 * here: the server's process itself is root then, and so is whoever reads the data.
 */
sealed interface Account {

  /** As the user who started us. */
  record Own() implements Account {}

  /**
   * In a user namespace of its own without any id mapped: the process sees itself and its files as
   * owned by nobody, while outside both stay root's. So no file changes hands.
   */
  record Namespace() implements Account {}

  /** As a system user, to whom the files are given. */
  record SystemUser(String name, int uid, int gid) implements Account {}

  /**
   * The command as this account runs it. Every step replaces itself by the next, so that the
   * process that is started is the one that is asked for.
   */
  default List<String> running(List<String> command) {
    List<String> whole = new ArrayList<>();
    switch (this) {
      case Own _ -> {}
      case Namespace _ -> whole.addAll(List.of("unshare", "-U", "--"));
      case SystemUser(_, int uid, int gid) ->
          whole.addAll(
              List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"));
    }
    whole.addAll(command);
    return whole;
  }
}
