package dev.cofferdam.server.launch;

import java.lang.reflect.Constructor;
import picocli.CommandLine;

/** Makes the commands, and hands the logs to those that open a log file. */
final class Commands implements CommandLine.IFactory {
  private final Logs logs;

  Commands(Logs logs) {
    this.logs = logs;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == UpCommand.class) {
      return type.cast(new UpCommand(logs));
    }
    if (type == DatabaseCommand.class) {
      return type.cast(new DatabaseCommand(logs));
    }
    if (type == AuditCommand.class) {
      return type.cast(new AuditCommand(logs));
    }
    if (type == RootKeyCommand.class) {
      return type.cast(new RootKeyCommand(logs));
    }
    Constructor<K> constructor = type.getDeclaredConstructor();
    return constructor.newInstance();
  }
}
