package dev.cofferdam.server.keyring;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.Set;

/**
 * Whether a file is ours alone: nobody else, root excepted, may read, change or replace it. The
 * directories above the file's own are the operator's to guard.
 */
final class Ownership {
  private final Path file;
  private final String what;
  private final String setting;

  /**
   * @param what it is, in words
   * @param setting that names it
   */
  Ownership(Path file, String what, String setting) {
    this.file = file;
    this.what = what;
    this.setting = setting;
  }

  void check() throws IOException {
    PosixFileAttributes key = attributes(file);
    if (key.isSymbolicLink()) {
      throw refusal(file, "is a symbolic link", "name the file itself in " + setting);
    }
    if (!key.isRegularFile()) {
      throw refusal(file, "is not a regular file", "name a file in " + setting);
    }
    if (!Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE).containsAll(key.permissions())) {
      throw refusal(
          file,
          "has the mode `"
              + PosixFilePermissions.toString(key.permissions())
              + "`, so others than its owner can use it",
          "run `chmod 600` on it, and replace what it holds if they may have done so");
    }
    UserPrincipal self = self();
    if (!key.owner().equals(self)) {
      throw refusal(
          file,
          "belongs to `"
              + key.owner().getName()
              + "` and the server runs as `"
              + self.getName()
              + "`",
          "run `chown` on it or start as its owner");
    }
    checkDirectory(file.resolveSibling(""), self);
  }

  private void checkDirectory(Path directory, UserPrincipal self) throws IOException {
    PosixFileAttributes attributes = attributes(directory.toRealPath());
    if (!Collections.disjoint(attributes.permissions(), Set.of(GROUP_WRITE, OTHERS_WRITE))) {
      throw refusal(
          directory,
          "has the mode `"
              + PosixFilePermissions.toString(attributes.permissions())
              + "`, so others can replace what lies in it",
          "run `chmod go-w` on it, or name a file elsewhere in " + setting);
    }
    String owner = attributes.owner().getName();
    if (!attributes.owner().equals(self) && !owner.equals("root")) {
      throw refusal(
          directory,
          "belongs to `" + owner + "`, who can replace what lies in it",
          "run `chown` on it, or name a file elsewhere in " + setting);
    }
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
  }

  /**
   * Who we are, by what the kernel makes of a file of ours: a name may not exist in a container.
   */
  private static UserPrincipal self() throws IOException {
    Path probe = Files.createTempFile("cofferdam", null);
    try {
      return Files.getOwner(probe);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private KeyringRefusedException refusal(Path path, String wrong, String remedy) {
    return new KeyringRefusedException(
        what + " is refused: `" + path + "` " + wrong + "; " + remedy + ".");
  }
}
