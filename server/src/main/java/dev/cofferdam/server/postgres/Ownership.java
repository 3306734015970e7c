package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Who owns the files of the cluster: PostgreSQL starts only on those of its own user. */
final class Ownership {
  private Ownership() {}

  /**
   * Gives everything under {@code postgres/} to the account's user, when it is another's. Only root
   * can, and only root needs to: for any other user the account is his own.
   */
  static void settle(Layout layout, Account account) throws IOException {
    switch (account) {
      case Account.Own _ -> {}
      case Account.Namespace _ -> give(layout.postgres(), 0, 0);
      case Account.SystemUser(_, int uid, int gid) -> {
        // Only to be passed through: names and contents in it stay root's to see.
        Files.setPosixFilePermissions(
            layout.directory(), PosixFilePermissions.fromString("rwx--x--x"));
        give(layout.postgres(), uid, gid);
      }
    }
  }

  /** As {@link #settle}, for one file just written. */
  static void settle(Path file, Account account) throws IOException {
    switch (account) {
      case Account.Own _, Account.Namespace _ -> {}
      case Account.SystemUser(_, int uid, int gid) -> own(file, uid, gid);
    }
  }

  /** The root of the tree changes last, so that it tells whether all of it has changed. */
  private static void give(Path root, int uid, int gid) throws IOException {
    if (Files.getAttribute(root, "unix:uid").equals(uid)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            own(file, uid, gid);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            own(directory, uid, gid);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void own(Path file, int uid, int gid) throws IOException {
    Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
  }
}
