package dev.cofferdam.server.secrets;

import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyUsage;
import dev.cofferdam.server.keyring.Ring;
import java.util.List;
import java.util.Set;

/** Tells what would die with the keys under which values lie. */
final class DataKeyUsage implements KeyUsage {
  private final VersionRows versions;

  DataKeyUsage(VersionRows versions) {
    this.versions = versions;
  }

  @Override
  public Set<KeyPurpose> purposes() {
    return Set.of(KeyPurpose.DATA);
  }

  @Override
  public List<Artefacts> live(Ring ring) {
    return List.of(new Artefacts(ValueCells.WHAT, versions.readable()));
  }

  @Override
  public List<Artefacts> live(Ring ring, Reign reign) {
    return List.of(new Artefacts(ValueCells.WHAT, versions.under(reign.key().id())));
  }
}
