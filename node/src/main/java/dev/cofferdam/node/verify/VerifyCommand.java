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
          + " you kept, a witness's key, or a second copy.%n"
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
      description = "The log's public key: name+id+key. Its name is the log's origin.")
  private String key = "";

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
      names = "--copy",
      paramLabel = "DIRECTORY",
      description = "A second copy of the log. May be repeated.")
  private List<Path> copies = List.of();

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
    Trust trust = new Trust(key(key), kept, witnesses.stream().map(this::key).toList(), copies);
    return new LogVerification(log, trust).verify(this::progress);
  }

  private Verdict verifyReceipt(Path receiptFile, Path recordFile) {
    NoteKey logKey = key(key);
    try {
      Receipt read = Receipt.parse(Files.readString(receiptFile));
      byte[] content = Files.readAllBytes(recordFile);
      return switch (read.check(content, logKey.name(), logKey, Ed25519::verify)) {
        case Receipt.Check.Included(var checkpoint) ->
            new Verdict.Clean(
                checkpoint, List.of("the receipt of record %,d".formatted(read.index())));
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

  private void progress(long done) {
    if (done % EVERY == 0) {
      PrintWriter err = command().commandLine().getErr();
      err.printf("%,d records%n", done);
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
