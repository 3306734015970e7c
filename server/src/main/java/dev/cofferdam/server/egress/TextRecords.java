package dev.cofferdam.server.egress;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Collectors;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/**
 * What the DNS says in TXT records, asked of the name servers each time: nothing is remembered.
 * Safe for use by many threads.
 */
public final class TextRecords {
  private static final int MOST = 100;

  /** Of one server, in milliseconds; twice as long with each of two more attempts. */
  private static final String PATIENCE = "1000";

  private final String servers;

  /** What a question came to. */
  public sealed interface Answer {
    /** The texts; none where there is no such name. */
    record Given(List<String> texts) implements Answer {
      public Given {
        texts = List.copyOf(texts);
      }
    }

    /** No server answered, or the answer says that it could not. */
    record Unanswered() implements Answer {}
  }

  /**
   * @param servers each as {@code address:port}; those of the system when there are none
   */
  TextRecords(List<String> servers) {
    this.servers =
        servers.isEmpty()
            ? "dns:"
            : servers.stream().map(server -> "dns://" + server).collect(Collectors.joining(" "));
  }

  /**
   * Asks.
   *
   * @param name a host name in ASCII
   */
  // Of the JDK's naming interface, this provider alone: it is named here, is asked for attributes
  // and never looks an object up, and makes nothing but texts of what it gets.
  @SuppressWarnings("BanJNDI")
  public Answer of(String name) {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, servers);
    environment.put("com.sun.jndi.dns.timeout.initial", PATIENCE);
    environment.put("com.sun.jndi.dns.timeout.retries", "3");
    try {
      InitialDirContext context = new InitialDirContext(environment);
      try {
        return new Answer.Given(
            texts(context.getAttributes(name, new String[] {"TXT"}).get("TXT")));
      } finally {
        context.close();
      }
    } catch (NameNotFoundException none) {
      return new Answer.Given(List.of());
    } catch (NamingException e) {
      return new Answer.Unanswered();
    }
  }

  private static List<String> texts(@Nullable Attribute found) throws NamingException {
    List<String> texts = new ArrayList<>();
    if (found != null) {
      NamingEnumeration<?> all = found.getAll();
      while (all.hasMore() && texts.size() < MOST) {
        texts.add(String.valueOf(all.next()));
      }
      all.close();
    }
    return texts;
  }
}
