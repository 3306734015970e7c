package dev.cofferdam.review.keys;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Cell;
import dev.cofferdam.review.wire.Manner;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** KEY-03 and KEY-05: secrets in the database's files, and ciphertexts that were moved. */
public final class AtRest {
  private static final String COLUMN = "notes.vault.value_sealed";

  private AtRest() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "KEY-03.data-files",
            "searches the files of the database, its log of changes included, for a secret in clear",
            Mode.NOISY,
            Set.of(Identity.DATA_FILES),
            AtRest::dataFiles,
            AtRest::opensItsOwn),
        moved(
            "KEY-05.moved-row",
            "moves a ciphertext to another row, column and version of the same tenant",
            AtRest::movedRow),
        moved(
            "KEY-05.moved-key",
            "gives its own tenant the wrapped key of another, and moves a ciphertext along",
            AtRest::movedKey));
  }

  private static Attack moved(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.ROW_EDITOR), assault, AtRest::opensItsOwn);
  }

  /** Seals the victim's canary into its vault, as the server would. */
  static Sealed seal(Target target) {
    Cell cell = new Cell(COLUMN, UUID.randomUUID(), 1);
    String sealed = target.server().seal(target.victim().scope(), cell, target.victim().canary());
    Answer stored =
        target
            .inScope(
                target.victim().scope(),
                Manner.COMMIT,
                "insert into notes.vault values ('%s', '%s', decode('%s', 'hex'))"
                    .formatted(target.victim().id(), cell.row(), sealed))
            .getFirst();
    if (!(stored instanceof Answer.Count)) {
      throw new IllegalStateException("nothing can be stored: " + stored);
    }
    return new Sealed(cell, sealed);
  }

  record Sealed(Cell cell, String hex) {}

  /** The canary as it lies in the victim's vault; nothing else may hold it in clear. */
  private static Verdict dataFiles(Target target) throws SQLException, IOException {
    String secret = "secret-" + UUID.randomUUID();
    Cell cell = new Cell(COLUMN, UUID.randomUUID(), 1);
    String sealed = target.server().seal(target.victim().scope(), cell, secret);
    target.inScope(
        target.victim().scope(),
        Manner.COMMIT,
        "insert into notes.vault values ('%s', '%s', decode('%s', 'hex'))"
            .formatted(target.victim().id(), cell.row(), sealed));
    try (Session session = target.asSuperuser()) {
      session.must("checkpoint");
      Path data = Path.of(session.must("show data_directory").single());
      String own =
          session.must("select oid from pg_database where datname = current_database()").single();
      // The search must be able to find something: the same row's id, which is stored as 16 bytes.
      if (find(data, own, bytes(cell.row())).isEmpty()) {
        return new Verdict.Inconclusive("the row is in none of the files that can be read");
      }
      List<Path> found = find(data, own, secret.getBytes(StandardCharsets.UTF_8));
      return found.isEmpty()
          ? new Verdict.Refused("the row is found in the files, and its secret is not")
          : new Verdict.Succeeded(
              "the secret stands in clear in " + data.relativize(found.getFirst()));
    }
  }

  private static byte[] bytes(UUID id) {
    return java.nio.ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** The files of the target's database, and the log of changes, that hold {@code wanted}. */
  private static List<Path> find(Path data, String database, byte[] wanted) throws IOException {
    try (Stream<Path> files =
        Stream.concat(
            Files.walk(data.resolve("base").resolve(database)),
            Files.walk(data.resolve("pg_wal")))) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, wanted)).toList();
    }
  }

  private static boolean holds(Path file, byte[] wanted) {
    try {
      // As Latin-1 every byte is one character, so the JDK's search of strings searches bytes.
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          .contains(new String(wanted, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private static Verdict movedRow(Target target) {
    Sealed sealed = seal(target);
    Cell at = sealed.cell();
    for (Cell elsewhere :
        List.of(
            new Cell(COLUMN, UUID.randomUUID(), 1),
            new Cell("notes.vault.other_sealed", at.row(), 1),
            new Cell("keyring.vault.value_sealed", at.row(), 1),
            new Cell(COLUMN, at.row(), 2),
            new Cell(COLUMN, at.row(), 0))) {
      if (opens(target, target.victim().scope(), elsewhere, sealed)) {
        return new Verdict.Succeeded(
            "read `" + target.victim().canary() + "` sealed for " + at + " as " + elsewhere);
      }
    }
    if (opens(target, target.attacker().scope(), at, sealed)) {
      return new Verdict.Succeeded(
          "read `" + target.victim().canary() + "` as tenant " + target.attacker().slug());
    }
    return new Verdict.Refused("opens in no other row, column, version or tenant");
  }

  private static Verdict movedKey(Target target) throws SQLException {
    // So that the keys are of this state of the server: those of the template are older.
    try (Session session = target.asSuperuser()) {
      session.must("delete from keyring.tenant_key where purpose = 'column'");
      session.must(
          "delete from " + target.placed().schema() + ".tenant_key where purpose = 'column'");
    }
    Sealed sealed = seal(target);
    // So that the attacker's tenant has a key to replace.
    target.server().seal(target.attacker().scope(), sealed.cell(), "own");
    try (Session session = target.asSuperuser()) {
      session.must(
          """
          update keyring.tenant_key a
             set key_id = v.key_id, key_wrapped = v.key_wrapped, key_public = v.key_public
            from keyring.tenant_key v
           where a.tenant_id = '%s' and v.tenant_id = '%s'
             and a.purpose = v.purpose and a.version = v.version and v.state = 'active'
             and v.purpose = 'column'
          """
              .formatted(target.attacker().id(), target.victim().id()));
    }
    try {
      return opens(target, target.attacker().scope(), sealed.cell(), sealed)
          ? new Verdict.Succeeded(
              "read `" + target.victim().canary() + "` as tenant " + target.attacker().slug())
          : new Verdict.Refused("the moved key opens, the ciphertext does not");
    } catch (dev.cofferdam.review.wire.ChannelRefusedException refused) {
      return new Verdict.Refused(refused.readable());
    }
  }

  static boolean opens(Target target, String scope, Cell cell, Sealed sealed) {
    return target.server().opens(scope, cell, sealed.hex(), target.victim().canary());
  }

  /** The probe: both the victim, and a tenant with a schema of its own, open what they sealed. */
  private static String opensItsOwn(Target target) {
    for (Occupant occupant : List.of(target.victim(), target.placed())) {
      Cell cell = new Cell(COLUMN, UUID.randomUUID(), 1);
      String sealed = target.server().seal(occupant.scope(), cell, occupant.canary());
      if (!target.server().opens(occupant.scope(), cell, sealed, occupant.canary())) {
        throw new IllegalStateException("nothing can be opened where it was sealed");
      }
    }
    return "ciphertexts open where they were sealed";
  }
}
