package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.edge.wire.Statuses;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RefusedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Which refusal an exception comes to. What is in none of the cases is a defect of ours: 500. */
final class Causes {
  private static final Duration SOON = Duration.ofSeconds(1);

  private Causes() {}

  static Refusal refusal(Throwable failure) {
    List<Throwable> chain = chain(failure);
    return chain.stream()
        .map(Causes::known)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> Refusal.of(ProblemCode.INTERNAL));
  }

  static Throwable root(Throwable failure) {
    return chain(failure).getLast();
  }

  private static Optional<Refusal> known(Throwable failure) {
    return switch (failure) {
      case RefusedException e -> Optional.of(e.refusal());
      case HttpMessageNotReadableException e -> Optional.of(unreadable(e));
      case MethodArgumentTypeMismatchException e -> parameter(e);
      case TypeMismatchException e -> code(ProblemCode.MALFORMED_REQUEST);
      case ErrorResponse e -> code(Statuses.code(e.getStatusCode().value()));
      case DataAccessResourceFailureException e -> unavailable();
      case TransientDataAccessException e -> unavailable();
      case RecoverableDataAccessException e -> unavailable();
      case CannotCreateTransactionException e -> unavailable();
      // Nothing could be rolled back either: what came first says why.
      case TransactionSystemException e ->
          Optional.ofNullable(e.getApplicationException()).map(Causes::refusal);
      case SQLException e -> isAway(e) ? unavailable() : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Connection exceptions and interventions of the operator (PostgreSQL, appendix A). */
  private static boolean isAway(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  private static Optional<Refusal> unavailable() {
    return Optional.of(Refusal.of(ProblemCode.UNAVAILABLE).after(SOON));
  }

  private static Optional<Refusal> code(ProblemCode code) {
    return Optional.of(Refusal.of(code));
  }

  private static Optional<Refusal> parameter(MethodArgumentTypeMismatchException failure) {
    // The name is the handler's; the value stays where it is.
    return Optional.of(named(ProblemCode.MALFORMED_REQUEST, failure.getName()));
  }

  private static Refusal unreadable(HttpMessageNotReadableException failure) {
    for (Throwable cause : chain(failure)) {
      switch (cause) {
        case UnrecognizedPropertyException e -> {
          return Refusal.of(ProblemCode.UNKNOWN_FIELD);
        }
        case StreamConstraintsException e -> {
          return Refusal.of(ProblemCode.MALFORMED_REQUEST);
        }
        case InputCoercionException e -> {
          return Refusal.of(ProblemCode.INVALID_FIELD);
        }
        default -> {}
      }
    }
    // Without a path the whole is wrong, and no field; unless it is a record that refused itself.
    return failure.getCause() instanceof DatabindException e
            && (!e.getPath().isEmpty() || e instanceof ValueInstantiationException)
        ? named(ProblemCode.INVALID_FIELD, path(e))
        : Refusal.of(ProblemCode.MALFORMED_REQUEST);
  }

  /** Where in the body: names of our records' fields. Keys of a map would be the client's words. */
  private static String path(DatabindException failure) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : failure.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else if (step.from() instanceof Class<?> type && type.isRecord()
          || step.from() instanceof Record) {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      } else {
        return "";
      }
    }
    return path.toString();
  }

  private static Refusal named(ProblemCode code, String field) {
    try {
      return Refusal.of(code).at(field);
    } catch (IllegalArgumentException noName) {
      return Refusal.of(code);
    }
  }

  static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !chain.contains(cause);
        cause = cause.getCause()) {
      chain.add(cause);
    }
    return chain;
  }
}
