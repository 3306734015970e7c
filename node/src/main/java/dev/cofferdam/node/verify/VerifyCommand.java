package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Verifies an audit log, or the receipt of one record, without the server.%n",
      "A log is a directory in the C2SP tlog-tiles layout: a mirror or an export. Every entry is hashed again. Who lacks"
          + " the log's key is found by that alone. Who holds it is found only by something out of his reach: give what"
          + " you kept, a witness's key, or a further copy.%n"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:clean, and compared with something out of the operator's reach",
      "1:tampered: the first divergent index is named",
      "2:could not tell: something is missing, unreadable, or there was nothing to compare with"
    },
    footerHeading = "%nExample:%n",
    footer =
        "  cofferdam-node verify mirror/tenant/… --key 'example.com/tenant/…+1a2b3c4d+AbCd…' --kept last-year.checkpoint")
public final class VerifyCommand implements Callable<Integer> {
  private static final long EVERY = 1L << 18;

  private long told;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIRECTORY",
      description = "The log. Left out when a receipt is verified.")
  private @Nullable Path directory;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY",
      description =
          "The log's public key: name+id+key. Its name is the log's origin. Keys that it hands over to in the log are"
              + " followed. May be repeated.")
  private List<String> keys = List.of();

  @Option(
      names = "--kept",
      paramLabel = "FILE",
      description = "A signed checkpoint or a receipt of this log that you kept. May be repeated.")
  private List<Path> kept = List.of();

  @Option(
      names = "--witness",
      paramLabel = "KEY",
      description = "The public key of a witness that you trust. May be repeated.")
  private List<String> witnesses = List.of();

  @Option(
      names = "--mirror",
      paramLabel = "DIRECTORY",
      description = "A mirror of the log to compare with. May be repeated.")
  private List<Path> mirrors = List.of();

  @Option(
      names = "--export",
      paramLabel = "DIRECTORY",
      description = "An export of the log from the database to compare with. May be repeated.")
  private List<Path> exports = List.of();

  @Option(
      names = "--from",
      paramLabel = "INDEX",
      description = "Only the records from this index on, counted from 0.")
  private @Nullable Long from;

  @Option(
      names = "--to",
      paramLabel = "INDEX",
      description = "Only the records up to this index, it included.")
  private @Nullable Long to;

  @Option(
      names = "--receipt",
      paramLabel = "FILE",
      description = "A receipt to verify; needs --record.")
  private @Nullable Path receipt;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "The record that the receipt is of, byte for byte.")
  private @Nullable Path record;

  @Override
  public Integer call() {
    Verdict verdict =
        directory != null
            ? verifyLog(directory)
            : verifyReceipt(required(receipt), required(record));
    out().println(verdict.sentence());
    out().flush();
    return verdict.exitCode();
  }

  private Verdict verifyLog(Path log) {
    Stream<Copy> copies =
        Stream.concat(
            mirrors.stream().map(copy -> new Copy(Copy.Kind.MIRROR, copy)),
            exports.stream().map(copy -> new Copy(Copy.Kind.EXPORT, copy)));
    Trust trust =
        new Trust(logKeys(), kept, witnesses.stream().map(this::key).toList(), copies.toList());
    return new LogVerification(log, trust, span()).verify(this::progress);
  }

  private Span span() {
    try {
      return new Span(from == null ? 0 : from, to == null ? Span.END : Math.addExact(to, 1));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ParameterException(
          command().commandLine(), "`--from` is not negative, and `--to` not below it.", e);
    }
  }

  private Verdict verifyReceipt(Path receiptFile, Path recordFile) {
    List<NoteKey> logKeys = logKeys();
    try {
      Receipt read = Receipt.parse(Files.readString(receiptFile));
      byte[] content = Files.readAllBytes(recordFile);
      NoteKey logKey =
          logKeys.stream()
              .filter(
                  key -> key.check(read.note(), Ed25519::verify) instanceof NoteKey.Check.Signed)
              .findFirst()
              .orElse(logKeys.getFirst());
      return switch (read.check(content, logKey.name(), logKey, Ed25519::verify)) {
        case Receipt.Check.Included(var checkpoint) ->
            new Verdict.Clean(
                "record %,d of the %,d of `%s`"
                    .formatted(read.index(), checkpoint.size(), checkpoint.origin()),
                List.of("the receipt"),
                List.of());
        case Receipt.Check.NotIncluded() ->
            new Verdict.Tampered(
                "the log's checkpoint does not hold this record", read.index(), read.index());
        case Receipt.Check.NotSigned() ->
            new Verdict.Unknown("the receipt is not signed by `" + logKey.name() + "`");
        case Receipt.Check.OtherLog(String origin) ->
            new Verdict.Unknown("the receipt is of the log `" + origin + "`");
      };
    } catch (IOException | IllegalArgumentException e) {
      return new Verdict.Unknown(String.valueOf(e.getMessage()));
    }
  }

  private List<NoteKey> logKeys() {
    List<NoteKey> parsed = keys.stream().map(this::key).toList();
    if (parsed.stream().map(NoteKey::name).distinct().count() > 1) {
      throw new ParameterException(
          command().commandLine(), "The keys of one log have one name: give those of one log.");
    }
    return parsed;
  }

  private NoteKey key(String text) {
    try {
      return NoteKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Path required(@Nullable Path path) {
    if (path == null) {
      throw new ParameterException(
          command().commandLine(), "Give the DIRECTORY of a log, or --receipt and --record.");
    }
    return path;
  }

  private void progress(long done, long all) {
    if (done / EVERY != told) {
      told = done / EVERY;
      PrintWriter err = command().commandLine().getErr();
      err.printf("%,d of %,d records, %d %%%n", done, all, done * 100 / all);
      err.flush();
    }
  }

  private PrintWriter out() {
    return command().commandLine().getOut();
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec;
  }
}
