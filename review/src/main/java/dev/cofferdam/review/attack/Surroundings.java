package dev.cofferdam.review.attack;

import dev.cofferdam.review.verifier.Verifier;
import dev.cofferdam.review.wire.Site;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What of the laboratory lies around the server.
 *
 * @param management where it says how it is, in metrics and in health
 * @param data its data directory
 * @param temporary where it writes what it needs for a moment
 * @param verifier what an outsider verifies logs with
 * @param mirror the folder into which the logs of the target's database are mirrored
 * @param codes the code in the newest letter to an address, once that is there
 * @param scratch a folder of the attack's own, empty at first
 * @param restore puts the database in place that the target's was made of, its mirror staying as it
 *     is: a backup that is restored; gives the name that it is reached by
 * @param companion starts a second server on the target's database
 * @param still returns when the laboratory does nothing of its own in these folders any more, until
 *     the attack is over
 */
public record Surroundings(
    Site management,
    Path data,
    Path temporary,
    Verifier verifier,
    Path mirror,
    UnaryOperator<String> codes,
    Path scratch,
    Supplier<String> restore,
    Supplier<Companion> companion,
    Runnable still) {}
