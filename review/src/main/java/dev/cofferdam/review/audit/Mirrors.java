package dev.cofferdam.review.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.EntryTile;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * AUD-02 and AUD-03: a database that was put back and the mirror that knows more; a mirror that
 * somebody was at.
 */
public final class Mirrors {
  private static final int AT = 40;
  private static final int MORE = 20;

  private Mirrors() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "AUD-02.rolled-back",
            "puts the whole database back to an older backup",
            Identity.DATABASE_ADMIN,
            target -> {
              grown(target);
              return Alarms.told(target.restored(), "rolled " + MORE + " records back");
            }),
        attack(
            "AUD-02.altered-backup",
            "alters a backup, and restores it",
            Identity.DATABASE_ADMIN,
            Mirrors::alteredBackup),
        attack(
            "AUD-03.altered",
            "alters a record in the mirror",
            Identity.MIRROR_FILES,
            Mirrors::altered),
        attack(
            "AUD-03.removed",
            "removes the mirror of a log",
            Identity.MIRROR_FILES,
            target -> {
              Alarms.requireQuiet(target);
              remove(mirror(target));
              target.server().auditAppend(Evidence.log(target.victim()), 1);
              return Alarms.told(target, "removed the mirror");
            }),
        attack(
            "AUD-03.diverging",
            "puts another history in the place of the mirror",
            Identity.MIRROR_FILES,
            Mirrors::diverging));
  }

  private static Attack attack(String id, String does, Identity who, Attack.Assault assault) {
    return new Attack(id, does, Mode.DESTRUCTIVE, Set.of(who), assault, Mirrors::isMirrored);
  }

  /** The probe: the server still records, and mirrors the logs at whose mirror nobody has been. */
  private static String isMirrored(Target target) throws IOException {
    String clean = Evidence.othersAreClean(target);
    target.server().auditRound();
    Path checkpoint =
        target.around().mirror().resolve(Evidence.log(target.attacker())).resolve("checkpoint");
    String head = target.server().auditHead(Evidence.log(target.attacker())).getFirst();
    if (!Files.readString(checkpoint).equals(head)) {
      throw new IllegalStateException("the other logs are not mirrored");
    }
    return clean;
  }

  private static void grown(Target target) throws IOException {
    Alarms.requireQuiet(target);
    target.server().auditAppend(Evidence.log(target.victim()), MORE);
    Alarms.requireQuiet(target);
  }

  private static Verdict alteredBackup(Target target) throws IOException, SQLException {
    grown(target);
    Target restored = target.restored();
    try (Session session = restored.asSuperuser()) {
      StoredLog log = StoredLog.of(session, restored.victim().id());
      List<byte[]> entries = new ArrayList<>(log.entries());
      entries.set(AT, StoredLog.edited(entries.get(AT)));
      log.with(entries).store(session);
    }
    return Alarms.told(restored, "restored a backup with another record " + AT);
  }

  private static Verdict altered(Target target) throws IOException {
    Alarms.requireQuiet(target);
    Path tile = mirror(target).resolve(Tile.ofEntry(0, Tile.FULL).path());
    byte[] content = Files.readAllBytes(tile);
    content[content.length / 2] ^= 1;
    replace(tile, content);
    return Alarms.told(target, "altered the mirror");
  }

  /** Whole in itself, but for the signature. */
  private static Verdict diverging(Target target) throws IOException, SQLException {
    Alarms.requireQuiet(target);
    StoredLog log;
    try (Session session = target.asSuperuser()) {
      log = StoredLog.of(session, target.victim().id());
    }
    List<byte[]> entries = new ArrayList<>(log.entries());
    entries.set(AT, StoredLog.edited(entries.get(AT)));
    Path mirror = mirror(target);
    Path checkpoint = mirror.resolve("checkpoint");
    Note honest = Note.parse(Files.readString(checkpoint));
    Checkpoint other =
        new Checkpoint(
            Checkpoint.parse(honest.text()).origin(), log.size(), log.with(entries).root());
    Tile tile = Tile.ofEntry(0, log.size());
    replace(mirror.resolve(tile.path()), EntryTile.encode(entries.subList(0, tile.width())));
    replace(checkpoint, new Note(other.text(), honest.signatures()).toString().getBytes(UTF_8));
    target.server().auditAppend(Evidence.log(target.victim()), 1);
    return Alarms.told(target, "put another history into the mirror");
  }

  private static Path mirror(Target target) {
    return target.around().mirror().resolve(Evidence.log(target.victim()));
  }

  /** Another file under the same name: what is mirrored may be linked to elsewhere. */
  private static void replace(Path file, byte[] content) throws IOException {
    Files.delete(file);
    Files.write(file, content);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Mirrors::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
