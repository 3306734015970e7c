package dev.cofferdam.server.edge.tls;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Looks at the certificates' files as long as the server runs. */
final class TlsKeeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(TlsKeeper.class);

  private final ServedCertificates certificates;
  private final Duration every;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private volatile boolean running;

  TlsKeeper(ServedCertificates certificates, Duration every) {
    this.certificates = certificates;
    this.every = every;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("certificates-");
  }

  @Override
  public void start() {
    running = true;
    scheduler.scheduleWithFixedDelay(this::look, every);
  }

  private void look() {
    try {
      certificates.look();
    } catch (RuntimeException e) {
      LOG.error("The certificates' files could not be looked at.", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    scheduler.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
