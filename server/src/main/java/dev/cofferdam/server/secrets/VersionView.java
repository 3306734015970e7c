package dev.cofferdam.server.secrets;

import java.time.Instant;
import java.util.UUID;

/**
 * A version of a secret that is kept, as it is shown.
 *
 * @param readable whether it can still be opened: {@code false} once its key was destroyed
 */
public record VersionView(long version, Instant madeAt, UUID madeBy, boolean readable) {}
