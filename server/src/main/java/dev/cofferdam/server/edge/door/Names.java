package dev.cofferdam.server.edge.door;

import java.util.Set;

/** What a declaration may name. */
record Names(Set<String> limits) {}
