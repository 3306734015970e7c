package dev.cofferdam.review.web;

import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Many requests that are sent at one moment, each from a browser of its own. */
public final class Crowd {
  private final List<Browser> browsers = new ArrayList<>();
  private final List<Ask> asks = new ArrayList<>();

  /** One more; its browser has loaded the page that it comes from. */
  public Crowd with(Browser browser, Ask ask) {
    browser.token();
    browsers.add(browser);
    asks.add(ask);
    return this;
  }

  /** Sends all, and gives the answers in the order in which they were added. */
  public List<Reply> send() throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> answers = new ArrayList<>();
      for (int n = 0; n < asks.size(); n++) {
        Browser browser = browsers.get(n);
        Ask ask = asks.get(n);
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return browser.ask(ask);
                }));
      }
      start.countDown();
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> answer : answers) {
        replies.add(answer.get());
      }
      return replies;
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  /** What they came to, in a line. */
  public static String summary(List<Reply> replies) {
    Map<String, Long> met =
        replies.stream()
            .collect(Collectors.groupingBy(Reply::brief, TreeMap::new, Collectors.counting()));
    return met.entrySet().stream()
        .map(one -> one.getValue() + " × " + one.getKey())
        .collect(Collectors.joining(", "));
  }

  /** A number that the database tells whoever may see everything. */
  public static long count(Session superuser, String sql) {
    return superuser.must(sql) instanceof Answer.Rows(var rows)
        ? Long.parseLong(String.valueOf(rows.getFirst().getFirst()))
        : -1;
  }
}
