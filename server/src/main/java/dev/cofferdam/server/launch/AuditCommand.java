package dev.cofferdam.server.launch;

import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.check.Finding;
import dev.cofferdam.server.audit.check.LogCheck;
import dev.cofferdam.server.audit.mirror.LogMirror;
import dev.cofferdam.server.audit.mirror.MirrorDirectory;
import dev.cofferdam.server.audit.mirror.MirrorState;
import dev.cofferdam.server.audit.mirror.MirrorStore;
import dev.cofferdam.server.audit.read.ExportFormat;
import dev.cofferdam.server.audit.read.Exports;
import dev.cofferdam.server.audit.store.AllLogs;
import dev.cofferdam.server.audit.store.LogScope;
import dev.cofferdam.server.audit.store.PublishedKeys;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cofferdam audit}: what an operator does with the logs. */
@Command(name = "audit")
final class AuditCommand {
  private static final long TELL_EVERY = 1L << 16;

  private final Logs logs;

  AuditCommand(Logs logs) {
    this.logs = logs;
  }

  @Command(name = "status")
  int status(@Mixin SettingsOptions options) throws IOException {
    try (Reading reading = Reading.open(StartSettings.of(options.environment()), logs)) {
      List<AllLogs.Committed> all = selected(reading, null);
      MirrorStore mirror = reading.bean(MirrorStore.class);
      LogMirror compared = new LogMirror(mirror, reading.bean(JdbcClient.class));
      long records = 0;
      boolean troubled = false;
      for (AllLogs.Committed log : all) {
        records += log.head().size();
        String state =
            switch (compared.look(log)) {
              case MirrorState.Current current -> "mirrored";
              case MirrorState.Behind(long size, long committed) ->
                  "mirrored up to %,d".formatted(size);
              case MirrorState.Missing missing -> {
                troubled = true;
                yield "MIRROR MISSING";
              }
              case MirrorState.Diverging(String what, long first) -> {
                troubled = true;
                yield "DIVERGING: " + what;
              }
            };
        System.out.printf("  %-45s  %,12d  %s%n", log.log().name(), log.head().size(), state);
      }
      AllLogs.Waiting waiting = reading.bean(AllLogs.class).waiting();
      System.out.printf(
          "%n  %,d logs, %,d records; %s; mirror in `%s`%n",
          all.size(),
          records,
          waiting.oldest() == null
              ? "none wait for their leaves"
              : "%,d wait for their leaves, the oldest since %s"
                  .formatted(waiting.records(), waiting.oldest()),
          mirror);
      return troubled ? Main.REFUSED : Main.DONE;
    }
  }

  @Command(name = "verify")
  int verify(
      @Mixin SettingsOptions options,
      @Option(names = "--log", paramLabel = "NAME") @Nullable String name)
      throws IOException {
    try (Reading reading = Reading.open(StartSettings.of(options.environment()), logs)) {
      LogCheck check = reading.bean(LogCheck.class);
      List<Finding> findings = new ArrayList<>();
      for (AllLogs.Committed log : selected(reading, name)) {
        Optional<Finding> finding = check.walk(log, AuditCommand::progress);
        finding.ifPresent(findings::add);
        System.out.println(
            finding
                .map(
                    it ->
                        "  TAMPERED  %s from index %,d on: %s"
                            .formatted(it.log().name(), it.first(), it.what()))
                .orElse("  clean     %s, %,d".formatted(log.log().name(), log.head().size())));
      }
      return findings.isEmpty() ? Main.DONE : Main.REFUSED;
    }
  }

  @Command(name = "export")
  int export(
      @Mixin SettingsOptions options,
      @Option(names = "--log", paramLabel = "NAME", required = true) String name,
      @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "jsonl") String format,
      @Option(names = "--to-file", paramLabel = "FILE", required = true) Path target)
      throws IOException {
    try (Reading reading = Reading.open(StartSettings.of(options.environment()), logs)) {
      AllLogs.Committed log = selected(reading, name).getFirst();
      long written =
          switch (format.toLowerCase(Locale.ROOT)) {
            case "jsonl" -> write(reading, log, ExportFormat.JSON_LINES, target);
            case "csv" -> write(reading, log, ExportFormat.CSV, target);
            case "tiles" -> tiles(reading, log, target);
            default ->
                throw new StartRefusedException(
                    "There is no format `" + format + "`: choose jsonl, csv or tiles.");
          };
      System.out.printf("%,d records in `%s`.%n", written, target);
      return Main.DONE;
    }
  }

  @Command(name = "key")
  int key(
      @Mixin SettingsOptions options,
      @Option(names = "--log", paramLabel = "NAME") @Nullable String name) {
    try (Reading reading = Reading.open(StartSettings.of(options.environment()), logs)) {
      PublishedKeys keys = reading.bean(PublishedKeys.class);
      selected(reading, name)
          .forEach(log -> keys.of(log.log(), log.head().origin()).forEach(System.out::println));
      return Main.DONE;
    }
  }

  private static long write(
      Reading reading, AllLogs.Committed log, ExportFormat format, Path target) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(
                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      Exports exports = reading.bean(Exports.class);
      return LogScope.call(
          log.log(), () -> exports.write(log.log(), log.head(), format, 0, log.head().size(), out));
    } catch (FileAlreadyExistsException e) {
      throw new StartRefusedException("`" + target + "` is there already: choose another file.");
    }
  }

  private static long tiles(Reading reading, AllLogs.Committed log, Path target)
      throws IOException {
    LogMirror export = new LogMirror(new MirrorDirectory(target), reading.bean(JdbcClient.class));
    return switch (export.advance(new AllLogs.Committed(log.log(), log.head(), 0))) {
      case MirrorState.Current(long size) -> size;
      case MirrorState.Behind(long size, long committed) -> size;
      case MirrorState.Missing missing -> 0;
      case MirrorState.Diverging(String what, long first) ->
          throw new StartRefusedException(
              "`" + target + "` holds something else: " + what + ". Choose an empty directory.");
    };
  }

  private static List<AllLogs.Committed> selected(Reading reading, @Nullable String name) {
    AllLogs logs = reading.bean(AllLogs.class);
    if (name == null) {
      List<AllLogs.Committed> all = new ArrayList<>();
      List<AllLogs.Committed> page = logs.page(null);
      while (!page.isEmpty()) {
        all.addAll(page);
        page = logs.page(page.getLast().log());
      }
      return all;
    }
    return List.of(
        LogId.ofName(name)
            .flatMap(logs::head)
            .orElseThrow(
                () ->
                    new StartRefusedException(
                        "There is no log `"
                            + name
                            + "` with records: `./cofferdam audit status` lists them.")));
  }

  private static void progress(long done, long all) {
    if (done % TELL_EVERY == 0) {
      System.err.printf("  %,d of %,d%n", done, all);
    }
  }
}
