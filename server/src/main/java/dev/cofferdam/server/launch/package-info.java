/**
 * The command line and the start of the server: reads the settings, starts what the server stands
 * on in order, and stops it in reverse.
 *
 * <p>Promises: a setting that nothing reads stops the start; whatever keeps the server from
 * starting is one sentence on the console and exit code 1, with the stack trace in the log alone;
 * when it says that it is ready, it is.
 */
@ApplicationModule
@NullMarked
package dev.cofferdam.server.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
