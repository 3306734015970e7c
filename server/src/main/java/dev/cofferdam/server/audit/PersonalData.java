package dev.cofferdam.server.audit;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a record says about a person beyond ids: an address, a name. Kept beside the log under that
 * person's key in the tenant, and named in the record by a digest. Destroying the key erases it and
 * leaves every proof valid.
 *
 * <p>Not a record: what it holds must not be printed.
 */
public final class PersonalData {
  private final UUID subject;
  private final Map<String, String> fields;

  /**
   * @param subject the person, as the subject of a ring
   * @param fields names as in details, values of any text
   */
  public PersonalData(UUID subject, Map<String, String> fields) {
    this.subject = subject;
    this.fields = new TreeMap<>(fields);
  }

  /** Whom it is about. */
  public UUID subject() {
    return subject;
  }

  /** What is known. */
  public Map<String, String> fields() {
    return Map.copyOf(fields);
  }

  @Override
  public String toString() {
    return "personal data of " + subject;
  }
}
