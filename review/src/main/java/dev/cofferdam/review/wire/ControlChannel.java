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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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

  /**
   * Sets the server up: {@code database} stands in for its own, exactly these layers are out, and
   * its clock is right.
   */
  public void stage(String database, Set<String> layers) {
    List<String> words = new ArrayList<>(List.of(database));
    words.addAll(layers);
    ask("stage", words.toArray(String[]::new));
  }

  /** Moves the server's clock, from the real time. */
  public void moveClock(Duration by) {
    ask("move-clock", by.toString());
  }

  /** Has the server's clock stand at this time, until it is moved or the server is set up anew. */
  public void stopClock(Instant at) {
    ask("stop-clock", at.toString());
  }

  /**
   * Has the development IdP say in its tokens what an attacker wants.
   *
   * @param claims each as {@code name=value}, without a value for one that is left out; none for
   *     what it says by itself
   */
  public void tokensSay(String... claims) {
    ask("tokens-say", claims);
  }

  /** Has the server forget whatever it keeps in memory, such as how often somebody has come. */
  public void forget() {
    ask("forget");
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

  /** A capability as the server would send it for {@code scope} now, in hex. */
  public String capability(String scope) {
    return texts(ask("capability", scope)).getFirst();
  }

  /** One transaction of {@code role}, begun in one scope and used in another. */
  public List<Answer> handOver(String role, String first, String second, String sql) {
    return answers(ask("hand-over", role, first, second, sql));
  }

  /**
   * Runs the start checks against the database that stands in.
   *
   * @throws ChannelRefusedException with what the server would refuse to start with
   */
  public void startCheck() {
    ask("start-check");
  }

  /** What became of a sign-up, in the server's own words. */
  public String createTenant(UUID id, String slug, String placement) {
    return texts(ask("tenant-create", id.toString(), slug, slug, placement)).getFirst();
  }

  /** Suspends, resumes or deletes a tenant, by the name of the method that does it. */
  public String changeTenant(UUID id, String change) {
    return texts(ask("tenant-change", id.toString(), change)).getFirst();
  }

  /** A request of a tenant, whose statements say {@code {schema}} for where its rows are. */
  public Visit visit(UUID id, String... statements) {
    String[] words = new String[statements.length + 1];
    words[0] = id.toString();
    System.arraycopy(statements, 0, words, 1, statements.length);
    List<@Nullable String> answer = ask("visit", words);
    return new Visit(String.valueOf(answer.getFirst()), answers(answer.subList(1, answer.size())));
  }

  /** Seals {@code text} for a cell, in {@code scope}; in hex. */
  public String seal(String scope, Cell cell, String text) {
    return texts(
            ask("seal", scope, cell.column(), cell.row().toString(), "" + cell.version(), text))
        .getFirst();
  }

  /** Whether {@code sealed} opens in {@code scope} as of {@code cell}, and holds {@code text}. */
  public boolean opens(String scope, Cell cell, String sealed, String text) {
    return texts(
            ask(
                "open",
                scope,
                cell.column(),
                cell.row().toString(),
                "" + cell.version(),
                sealed,
                text))
        .contains(text);
  }

  /**
   * Reads a root key as a start does.
   *
   * @throws ChannelRefusedException with what the server would refuse to start with
   */
  public void rootKey(Path file) {
    ask("root-key", file.toString());
  }

  /** Another database stands in, in the place of the one before and before its mirror. */
  public void restore(String database) {
    ask("restore", database);
  }

  /** The signed checkpoint of a log, then its public keys, the newest first. */
  public List<String> auditHead(String log) {
    return texts(ask("audit-head", log));
  }

  /** Appends so many records to a log, and makes sure that they stand. */
  public void auditAppend(String log, int records) {
    auditAppend(log, records, 0);
  }

  /** The same with so many details of a thousand characters in each. */
  public void auditAppend(String log, int records, int details) {
    String standing =
        texts(ask("audit-append", log, Integer.toString(records), Integer.toString(details)))
            .getFirst();
    if (!standing.equals(Integer.toString(records))) {
      throw new IllegalStateException("of " + records + " records " + standing + " stand");
    }
  }

  /** Exports a log into a folder that is not there, as an operator does. */
  public void auditExport(String log, Path folder) {
    ask("audit-export", log, folder.toString());
  }

  /** Mirrors and checks every log now; gives what was found. */
  public List<String> auditRound() {
    return texts(ask("audit-round"));
  }

  /** The signature of the key of a tenant's log over a text. */
  public byte[] auditSign(String scope, String text) {
    return HexFormat.of().parseHex(texts(ask("audit-sign", scope, text)).getFirst());
  }

  /** Records what was counted of refusals until now. */
  public void closeWindow() {
    ask("audit-close-window");
  }

  /** Records something of a person; gives the record's id. */
  public String recordPersonal(String scope, UUID person, String name) {
    return texts(ask("audit-personal", scope, person.toString(), name)).getFirst();
  }

  /** What is known of the person that a record is about, in the server's own words. */
  public String personalOf(String scope, String record) {
    return texts(ask("audit-personal-of", scope, record)).getFirst();
  }

  /** Destroys the ring of a tenant, or of a person in it. */
  public void destroyKeys(String scope, String purpose, String person) {
    ask("key-destroy", scope, purpose, person);
  }

  /** The bytes of a tenant's newest key for {@code purpose}: what unwrapping it would give. */
  public byte[] key(String scope, String purpose) {
    byte[] key = HexFormat.of().parseHex(texts(ask("key-turned", scope, purpose)).getFirst());
    for (int at = 0; at < key.length; at++) {
      key[at] = (byte) ~key[at];
    }
    return key;
  }

  /**
   * Opens one more port of the server, by the server's own code, until the next staging.
   *
   * @param address to listen on
   * @param certificate a PEM file for TLS, with the key in another beside it that ends in {@code
   *     .key}; null for plain http
   * @throws ChannelRefusedException when the server does not open it
   */
  public int openPort(String address, @Nullable Path certificate) {
    return Integer.parseInt(
        texts(ask("open-port", address, certificate == null ? "" : certificate.toString()))
            .getFirst());
  }

  /**
   * Reads settings as a start does.
   *
   * @param settings name and value by turns
   * @throws ChannelRefusedException with what the server would refuse to start with
   */
  public void settings(String... settings) {
    ask("settings", settings);
  }

  /**
   * Lays a network around the outbound client of {@link #believe}.
   *
   * @param listener a port on this machine where every connection arrives but those to the issuer
   * @param names each before its addresses, which are parted by blanks; one that is there twice
   *     leads to one after the other
   */
  public void network(int listener, String... names) {
    List<String> words = new ArrayList<>(List.of(Integer.toString(listener)));
    words.addAll(List.of(names));
    ask("network", words.toArray(String[]::new));
  }

  /** The addresses and ports that were connected to, beside the issuer's own. */
  public List<String> connections() {
    return texts(ask("connections"));
  }

  /**
   * Has people sign in at another identity provider until the next staging, as if the server had
   * been started with these settings.
   *
   * @param settings name and value by turns
   */
  public void believe(String... settings) {
    ask("believe", settings);
  }

  /**
   * Has the providers that tenants bring reached by a way out of these settings, until the next
   * staging.
   *
   * @param settings name and value by turns
   */
  public void reach(String... settings) {
    ask("reach", settings);
  }

  /**
   * Has values of secrets lie in a store of these settings, until the next staging.
   *
   * @param settings name and value by turns
   */
  public void store(String... settings) {
    ask("store", settings);
  }

  /**
   * Opens one more development IdP, by the server's own code, until the next staging; gives its
   * port.
   *
   * @param address to listen on
   * @param beside the address of the public port that it is for
   * @throws ChannelRefusedException when it does not start
   */
  public int openIdp(String address, String beside) {
    return Integer.parseInt(texts(ask("open-idp", address, beside)).getFirst());
  }

  /**
   * Has the server compare itself with the sign-off in {@code file}, if {@code reviewer} made it.
   */
  public void signOff(Path file, String reviewer) {
    ask("sign-off", file.toString(), reviewer);
  }

  /** Where the archives lie that the server runs with. */
  public Path libraryFolder() {
    return Path.of(texts(ask("library-folder")).getFirst());
  }

  /** Sets how long a request waits for a connection of the pool of {@code role}. */
  public void poolWait(String role, Duration wait) {
    ask("pool-wait", role, Long.toString(wait.toMillis()));
  }

  /** The archives in {@code folder} with which the server was not built. */
  public List<String> foreignLibraries(Path folder) {
    return texts(ask("libraries", folder.toString()));
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
