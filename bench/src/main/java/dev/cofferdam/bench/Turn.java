package dev.cofferdam.bench;

/**
 * What one contender did in one turn.
 *
 * @param perSecond things a second
 * @param cpuMicros processor time of one thing in microseconds: of this process and all that it
 *     started, PostgreSQL among them; says more than the clock where the machine is busy elsewhere
 * @param medianMillis how long one operation took, in the middle
 * @param p99Millis than which one in a hundred took longer
 */
record Turn(double perSecond, double cpuMicros, double medianMillis, double p99Millis) {}
