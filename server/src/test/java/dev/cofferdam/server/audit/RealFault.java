package dev.cofferdam.server.audit;

import java.time.Duration;

/** What befalls a server or its database. */
enum RealFault {
  /** Every connection is cut in the middle of whatever it carries, commits among it. */
  CUT(44) {
    @Override
    boolean befall(FaultRig rig) {
      rig.cable().cut();
      return true;
    }
  },
  /** A connection is cut at its commit, which took place, and nobody is told. */
  CUT_AT_COMMIT(10) {
    @Override
    boolean befall(FaultRig rig) throws InterruptedException {
      rig.cutAtCommit();
      return true;
    }
  },
  /** Nothing arrives for a while, and then everything does. */
  STALL(14) {
    @Override
    boolean befall(FaultRig rig) throws InterruptedException {
      rig.cable().stall();
      Thread.sleep(LONG);
      rig.cable().flow();
      return true;
    }
  },
  /** Nothing arrives for longer than anybody waits, and then the connections are gone. */
  STALL_AND_CUT(8) {
    @Override
    boolean befall(FaultRig rig) throws InterruptedException {
      rig.cable().stall();
      Thread.sleep(LONG.plusMillis(500));
      rig.cable().cut();
      rig.cable().flow();
      return true;
    }
  },
  /** The processes that write to the disk stand still: a sync that hangs. */
  HUNG_SYNC(8) {
    @Override
    boolean befall(FaultRig rig) throws Exception {
      rig.signalWriters("STOP");
      Thread.sleep(LONG);
      rig.signalWriters("CONT");
      return true;
    }
  },
  /** PostgreSQL ends the sessions. */
  TERMINATED(6) {
    @Override
    boolean befall(FaultRig rig) {
      rig.terminateSessions();
      return true;
    }
  },
  /** The postmaster is killed, and brought back by its supervisor. */
  KILLED_POSTGRES(4) {
    @Override
    boolean befall(FaultRig rig) throws Exception {
      rig.killPostgres();
      return true;
    }
  },
  /** The server is killed, and another one takes its place. */
  KILLED_SERVER(3) {
    @Override
    boolean befall(FaultRig rig) throws Exception {
      rig.killServer();
      return true;
    }
  },
  /** No room, until nothing is answered any more; then there is some again. */
  DISK_FULL(2) {
    @Override
    boolean befall(FaultRig rig) throws Exception {
      return rig.fillTheDisk();
    }
  },
  /** The file of the leaves is not there when PostgreSQL comes back, and later it is. */
  FILE_REMOVED(1) {
    @Override
    boolean befall(FaultRig rig) throws Exception {
      rig.removeTheLeaves();
      return true;
    }
  };

  private static final Duration LONG = Duration.ofMillis(300);

  private final int ofHundred;

  RealFault(int ofHundred) {
    this.ofHundred = ofHundred;
  }

  int ofHundred() {
    return ofHundred;
  }

  /** Lets it happen, and returns when it is over; false where it is not possible here. */
  abstract boolean befall(FaultRig rig) throws Exception;
}
