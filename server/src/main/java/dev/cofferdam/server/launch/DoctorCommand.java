package dev.cofferdam.server.launch;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cofferdam doctor}: says what is there and what is missing. */
@Command(name = "doctor")
final class DoctorCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options = new SettingsOptions();

  @Override
  public Integer call() {
    Map<String, Finding> findings = new Doctor(StartSettings.of(options.environment())).findings();
    boolean missing = false;
    for (Map.Entry<String, Finding> entry : findings.entrySet()) {
      switch (entry.getValue()) {
        case Finding.Fine(String what) -> print("ok", entry.getKey(), what);
        case Finding.Missing(String whatToDo) -> {
          print("MISSING", entry.getKey(), whatToDo);
          missing = true;
        }
      }
    }
    return missing ? Main.REFUSED : Main.DONE;
  }

  private static void print(String state, String name, String text) {
    System.out.printf("  %-7s  %-15s  %s%n", state, name, text);
  }
}
