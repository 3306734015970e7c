package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The laboratory's own connection to its PostgreSQL, beside the databases that it makes and throws
 * away there: kept, since each step of each attack needs it three times, and to connect costs more
 * than what is then said. Thread-safe: an attack that hung may still be asking for something.
 */
final class Beside implements AutoCloseable {
  private final String address;
  private final String superuser;
  private final String password;
  private final Lock lock = new ReentrantLock();
  private @Nullable Session kept;

  Beside(String address, String superuser, String password) {
    this.address = address;
    this.superuser = superuser;
    this.password = password;
  }

  /** Has {@code work} done over the connection, alone; over a new one where an attack broke it. */
  void run(Consumer<Session> work) {
    lock.lock();
    try {
      work.accept(session());
    } catch (SQLException failed) {
      throw new LaboratoryException("PostgreSQL cannot be reached as " + superuser, failed);
    } finally {
      lock.unlock();
    }
  }

  private Session session() throws SQLException {
    Session known = kept;
    if (known != null && known.run("select 1") instanceof Answer.Rows) {
      return known;
    }
    close();
    Session fresh = Session.open(address, "postgres", superuser, password);
    kept = fresh;
    return fresh;
  }

  @Override
  public void close() {
    lock.lock();
    try (Session _ = kept) {
      kept = null;
    } catch (SQLException gone) {
      // It is closed either way.
      System.getLogger(Beside.class.getName()).log(System.Logger.Level.DEBUG, gone.getMessage());
    } finally {
      lock.unlock();
    }
  }
}
