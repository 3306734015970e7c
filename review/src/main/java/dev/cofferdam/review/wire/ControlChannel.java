package dev.cofferdam.review.wire;

import dev.cofferdam.review.agent.Frames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The laboratory agent, spoken to from outside its process. Thread-safe. */
public final class ControlChannel implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;
  private final String token;

  private ControlChannel(String address, String token) {
    this.address = address;
    this.token = token;
  }

  /** The channel that the agent wrote into {@code file}. */
  public static ControlChannel of(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return new ControlChannel("http://127.0.0.1:" + lines.get(0) + "/", lines.get(1));
  }

  /** The layers that the agent can take out. */
  public List<String> layers() {
    return texts(ask("layers"));
  }

  /** Takes exactly these layers out. */
  public void takeOut(Set<String> layers) {
    ask("take-out", layers.toArray(String[]::new));
  }

  /** Moves the server's clock, from the real time. */
  public void moveClock(Duration by) {
    ask("move-clock", by.toString());
  }

  /** Lets {@code database} stand in for the server's own; the empty name ends that. */
  public void standIn(String database) {
    ask("stand-in", database);
  }

  /** Sets how many connections the pool of {@code role} has at most. */
  public void poolSize(String role, int size) {
    ask("pool-size", role, Integer.toString(size));
  }

  /** The address of PostgreSQL, the server's own database, then user and password in turn. */
  public List<String> credentials() {
    return texts(ask("credentials"));
  }

  /** Runs statements on one connection of the pool of {@code role}, inside {@code scope}. */
  public List<Answer> sql(String role, String scope, Manner manner, String... statements) {
    String[] words = new String[statements.length + 3];
    words[0] = role;
    words[1] = scope;
    words[2] = manner.name();
    System.arraycopy(statements, 0, words, 3, statements.length);
    return answers(ask("sql", words));
  }

  /**
   * Asks for {@code command}.
   *
   * @throws ChannelRefusedException when the server threw
   */
  public List<@Nullable String> ask(String command, String... words) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + command))
            .header("Authorization", "Bearer " + token)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(Frames.write(Arrays.asList(words))))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("the laboratory agent answered " + response.statusCode());
      }
      List<@Nullable String> answer = Frames.read(response.body());
      if (!"done".equals(answer.getFirst())) {
        throw new ChannelRefusedException(
            String.valueOf(answer.get(1)), String.valueOf(answer.get(2)));
      }
      return answer.subList(1, answer.size());
    } catch (IOException e) {
      throw new UncheckedIOException("the laboratory agent does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Answer> answers(List<@Nullable String> texts) {
    List<Answer> answers = new ArrayList<>();
    Iterator<@Nullable String> rest = texts.iterator();
    while (rest.hasNext()) {
      String kind = String.valueOf(rest.next());
      String first = String.valueOf(rest.next());
      switch (kind) {
        case "count" -> answers.add(new Answer.Count(Long.parseLong(first)));
        case "error" -> answers.add(new Answer.Failed(first, String.valueOf(rest.next())));
        case "rows" -> answers.add(rows(Integer.parseInt(first), rest));
        default -> throw new IllegalStateException("`" + kind + "` is no answer");
      }
    }
    return answers;
  }

  private static Answer rows(int columns, Iterator<@Nullable String> rest) {
    int count = Integer.parseInt(String.valueOf(rest.next()));
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      List<@Nullable String> values = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        values.add(rest.next());
      }
      rows.add(values);
    }
    return new Answer.Rows(rows);
  }

  private static List<String> texts(List<@Nullable String> answer) {
    return answer.stream().map(String::valueOf).toList();
  }

  @Override
  public void close() {
    client.close();
  }
}
