package dev.cofferdam.server.authz;

import com.cedarpolicy.value.Value;
import java.util.Map;

/**
 * What the policies are asked.
 *
 * @param index its place among all questions that there are, from 0
 * @param principal the type of the caller
 * @param resource the type of what it is about
 */
record Question(
    int index, String principal, String action, String resource, Map<String, Value> context) {}
