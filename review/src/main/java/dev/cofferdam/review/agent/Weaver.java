package dev.cofferdam.review.agent;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;

import dev.cofferdam.review.agent.Seams.Seam;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/** Puts the advice of every seam into the server's classes as they are loaded. */
final class Weaver {
  private static final String SERVER = "dev.cofferdam.server.";

  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final Set<String> woven = ConcurrentHashMap.newKeySet();

  void weave(Instrumentation instrumentation) {
    Map<String, List<Seam>> byType =
        Seams.all().stream().collect(Collectors.groupingBy(Seam::type));
    AgentBuilder builder =
        new AgentBuilder.Default()
            .disableClassFormatChanges()
            .with(
                new AgentBuilder.Listener.Adapter() {
                  @Override
                  public void onError(
                      String type,
                      @Nullable ClassLoader loader,
                      @Nullable JavaModule module,
                      boolean loaded,
                      Throwable failed) {
                    failures.put(type, failed.toString());
                    System.err.println("laboratory: " + type + " is not woven: " + failed);
                  }
                });
    for (Map.Entry<String, List<Seam>> type : byType.entrySet()) {
      builder =
          builder
              .type(named(type.getKey()))
              .transform(
                  (made, description, loader, module, domain) ->
                      woven(made, type.getKey(), type.getValue()));
    }
    builder.type(nameStartsWith(SERVER)).transform(Weaver::clocked).installOn(instrumentation);
  }

  private DynamicType.Builder<?> woven(DynamicType.Builder<?> made, String type, List<Seam> seams) {
    DynamicType.Builder<?> result = made;
    for (Seam seam : seams) {
      result = result.visit(visitor(seam));
    }
    woven.add(type);
    return result;
  }

  /** Whatever hands out a clock in the server hands out one that can be moved. */
  private static DynamicType.Builder<?> clocked(
      DynamicType.Builder<?> made,
      TypeDescription type,
      @Nullable ClassLoader loader,
      @Nullable JavaModule module,
      @Nullable ProtectionDomain domain) {
    return made.visit(
        Advice.to(Advices.MoveClock.class).on(returns(Clock.class).and(not(isSynthetic()))));
  }

  private static AsmVisitorWrapper visitor(Seam seam) {
    ElementMatcher<? super MethodDescription> method =
        seam.method().equals("<init>") ? isConstructor() : named(seam.method());
    return Advice.withCustomMapping()
        .bind(Advices.Name.class, seam.name())
        .to(advice(seam.kind()))
        .on(method);
  }

  private static Class<?> advice(Seams.Kind kind) {
    return switch (kind) {
      case SKIP -> Advices.Skip.class;
      case SAY_YES -> Advices.SayYes.class;
      case GIVE_BACK -> Advices.GiveBack.class;
      case KEEP -> Advices.Keep.class;
      case ADD_TABLES -> Advices.AddTables.class;
      case CONNECT -> Advices.Connect.class;
      case CLOCK -> Advices.MoveClock.class;
    };
  }
}
