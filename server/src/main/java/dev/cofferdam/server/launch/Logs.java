package dev.cofferdam.server.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Where log lines go. The console shows warnings to people, without stack traces; the file shows
 * everything from INFO on to programs, a JSON object in each line, and keeps at most 60 MiB. Set up
 * here and not by the framework, which can do so only when it starts, long after the first line.
 */
final class Logs {
  private static final String CONSOLE = "cofferdam: %-5level %msg%n%nopex";
  private static final String FORM_OF_FILE = "logstash";

  private final LoggerContext context;
  private @Nullable Path file;

  private Logs(LoggerContext context) {
    this.context = context;
  }

  /** Warnings to the console and nothing else, until the data directory is known. */
  static Logs toConsole() {
    System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Logs logs = new Logs(context);
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setTarget("System.err");
    console.addFilter(new ForConsole());
    logs.start(console, logs.readable());
    logs.levels(LogLevels.usual());
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
    return logs;
  }

  /** From here on also to {@code file}, which only its owner can read. */
  void alsoTo(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setFile(file.toString());
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(5);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(10 * FileSize.MB_COEFFICIENT));
    size.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(size);
    start(appender, json());
    this.file = file;
  }

  /**
   * Writes a failure that nobody foresaw to the log, or to a file of its own while there is none.
   */
  String trace(Throwable failure) {
    Path log = file;
    if (log == null) {
      try {
        log = Files.createTempFile("cofferdam-", ".log");
        alsoTo(log);
      } catch (IOException e) {
        failure.addSuppressed(e);
        failure.printStackTrace();
        return "standard error";
      }
    }
    // To the file alone: the console says where to look.
    context.getLogger(Logs.class).info("The command failed.", failure);
    return log.toString();
  }

  /** Sets them; those of loggers that are not named stay. */
  void levels(LogLevels levels) {
    levels
        .levels()
        .forEach(
            (name, level) ->
                context
                    .getLogger(name.equalsIgnoreCase("root") ? Logger.ROOT_LOGGER_NAME : name)
                    .setLevel(level));
  }

  /**
   * Warnings and errors, but for what the framework has to say of a start that failed: the console
   * gets one sentence of ours instead.
   */
  private static final class ForConsole extends Filter<ILoggingEvent> {
    private static final List<String> NOT_SHOWN =
        List.of(
            "org.springframework.boot.SpringApplication",
            "org.springframework.boot.diagnostics",
            "org.springframework.boot.web.server",
            "org.springframework.context");

    @Override
    public FilterReply decide(ILoggingEvent event) {
      boolean shown =
          event.getLevel().isGreaterOrEqual(Level.WARN)
              && NOT_SHOWN.stream().noneMatch(event.getLoggerName()::startsWith);
      return shown ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
  }

  private void start(OutputStreamAppender<ILoggingEvent> appender, Encoder<ILoggingEvent> encoder) {
    encoder.setContext(context);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  private PatternLayoutEncoder readable() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(CONSOLE);
    encoder.setCharset(StandardCharsets.UTF_8);
    return encoder;
  }

  /** The framework's own, which wants its settings: there are none, so that nobody changes it. */
  private StructuredLogEncoder json() {
    context.putObject(Environment.class.getName(), new NoSettings());
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setFormat(FORM_OF_FILE);
    encoder.setCharset(StandardCharsets.UTF_8);
    return encoder;
  }

  private static final class NoSettings extends StandardEnvironment {
    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
      // Not those of the superclass: the whole environment and all system properties.
    }
  }
}
