package dev.cofferdam.server.audit;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.protocol.record.Repetition;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.RequestId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded: a record before it has an id and a time. Begun with {@link #done}, {@link
 * #denied} or {@link #failed}, and completed with the methods that return another one.
 *
 * <pre>{@code
 * Entry.done(log, actor, "secret.read").on("secret", id).in(request).with("version", "3")
 * }</pre>
 *
 * @param action in the past's plain words, for example {@code secret.read}
 * @param object what it was done to, or null where there is none
 * @param request id of the request, or null outside one
 * @param details nothing secret and nothing about a person; at most 32 of at most 1,000 characters
 * @param personal what is kept apart and can be erased, or null
 * @param repetition null where it happened once
 */
public record Entry(
    LogId log,
    Actor actor,
    String action,
    @Nullable Party object,
    Ending ending,
    @Nullable RequestId request,
    Map<String, String> details,
    @Nullable PersonalData personal,
    @Nullable Repetition repetition) {
  public Entry {
    details = Map.copyOf(details);
  }

  /** That {@code action} was done. */
  public static Entry done(LogId log, Actor actor, String action) {
    return of(log, actor, action, new Ending.Done());
  }

  /** That {@code action} was refused to the actor. */
  public static Entry denied(LogId log, Actor actor, String action, String code) {
    return of(log, actor, action, new Ending.Denied(code));
  }

  /** That {@code action} was attempted and did not succeed. */
  public static Entry failed(LogId log, Actor actor, String action, String code) {
    return of(log, actor, action, new Ending.Failed(code));
  }

  private static Entry of(LogId log, Actor actor, String action, Ending ending) {
    return new Entry(log, actor, action, null, ending, null, Map.of(), null, null);
  }

  /** The same, done to this thing. */
  public Entry on(String kind, String id) {
    return new Entry(
        log, actor, action, new Party(kind, id), ending, request, details, personal, repetition);
  }

  /** The same, in this request. */
  public Entry in(RequestId id) {
    return new Entry(log, actor, action, object, ending, id, details, personal, repetition);
  }

  /** The same with one detail more. */
  public Entry with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(details);
    more.put(name, value);
    return new Entry(log, actor, action, object, ending, request, more, personal, repetition);
  }

  /** The same with what is kept apart, under the key of the person it is about. */
  public Entry with(PersonalData about) {
    return new Entry(log, actor, action, object, ending, request, details, about, repetition);
  }

  Entry repeated(Repetition times) {
    return new Entry(log, actor, action, object, ending, request, details, personal, times);
  }

  /**
   * The record of this entry.
   *
   * @param time in whole microseconds
   * @param digest of the sealed personal data, or null where there are none
   * @throws IllegalArgumentException when something does not fit into a record
   */
  AuditRecord record(RecordId id, Instant time, @Nullable String digest) {
    return new AuditRecord(
        id.value(),
        log.name(),
        time,
        actor.party(),
        action,
        object,
        switch (ending) {
          case Ending.Done() -> Outcome.DONE;
          case Ending.Denied(String code) -> Outcome.DENIED;
          case Ending.Failed(String code) -> Outcome.FAILED;
        },
        switch (ending) {
          case Ending.Done() -> null;
          case Ending.Denied(String code) -> code;
          case Ending.Failed(String code) -> code;
        },
        request == null ? null : request.toString(),
        details,
        digest,
        repetition);
  }
}
