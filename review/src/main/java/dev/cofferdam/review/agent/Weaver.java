package dev.cofferdam.review.agent;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.cofferdam.review.agent.Seams.Seam;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
public final class Weaver {
  private static final String SERVER = "dev.cofferdam.server.";
  private static final String HANDS_OUT_CLOCK = ")Ljava/time/Clock;";

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
                    System.err.println("laboratory: " + type + " is not woven: " + failed);
                  }
                });
    for (Map.Entry<String, List<Seam>> type : byType.entrySet()) {
      builder =
          builder
              .type(named(type.getKey()))
              .transform(
                  (made, description, loader, module, domain) -> woven(made, type.getValue()));
    }
    ClassFileTransformer weaving =
        builder.type(nameStartsWith(SERVER)).transform(Weaver::clocked).makeRaw();
    instrumentation.addTransformer(new OfTheSeams(byType.keySet(), weaving));
  }

  /**
   * Shows what weaves only the classes that it may be about: those of the seams, and those of the
   * server in which the name of a method that hands out a clock stands. Left to itself it looks
   * into each of the fifteen thousand that a server loads, and shown all of the server's own it was
   * still a fifth of what a start computed.
   */
  private record OfTheSeams(Set<String> types, ClassFileTransformer weaving)
      implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        @Nullable Module module,
        @Nullable ClassLoader loader,
        @Nullable String path,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] bytes)
        throws IllegalClassFormatException {
      if (path == null) {
        return null;
      }
      String name = path.replace('/', '.');
      return types.contains(name) || name.startsWith(SERVER) && mayHandOutClock(bytes)
          ? weaving.transform(module, loader, path, redefined, domain, bytes)
          : null;
    }
  }

  /** A class that has such a method has its type among its constants, and so may another. */
  static boolean mayHandOutClock(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(HANDS_OUT_CLOCK);
  }

  /**
   * Puts the advice of these places of one class into it.
   *
   * @param seams of the class alone
   */
  public static DynamicType.Builder<?> woven(DynamicType.Builder<?> made, List<Seam> seams) {
    DynamicType.Builder<?> result = made;
    for (Seam seam : seams) {
      result = result.visit(visitor(seam));
    }
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
        switch (seam.kind()) {
          // Of the ways to give a parameter the one by its name.
          case PASTE -> named(seam.method()).and(takesArguments(String.class, Object.class));
          // Of the ways to make a cookie those by its name.
          case UNPREFIX -> named(seam.method()).and(takesArgument(0, String.class));
          case LOSE_ADDRESS ->
              isConstructor()
                  .and(takesArguments(String.class, InetAddress.class, String.class, int.class));
          case NOTE_TOKEN, BELIEVE_UNSIGNED ->
              named(seam.method()).and(takesArgument(0, String.class));
          case LOOK_UP -> named(seam.method()).and(takesArguments(String.class));
          default -> seam.method().equals("<init>") ? isConstructor() : named(seam.method());
        };
    return Advice.withCustomMapping()
        .bind(Advices.Name.class, seam.name())
        .to(advice(seam.kind()))
        .on(method);
  }

  private static Class<?> advice(Seams.Kind kind) {
    return switch (kind) {
      case SKIP -> Advices.Skip.class;
      case SAY_YES -> Advices.SayYes.class;
      case SAY_FIRST -> Advices.SayFirst.class;
      case GIVE_BACK -> Advices.GiveBack.class;
      case GIVE_BACK_LAST -> Advices.GiveBackLast.class;
      case PASS_LAST -> Advices.PassLast.class;
      case FORGIVE -> Advices.Forgive.class;
      case FIND_NOTHING -> Advices.FindNothing.class;
      case SAME_BYTES -> Advices.SameBytes.class;
      case LET_IN -> Advices.LetIn.class;
      case LET_INTO_SCHEMA -> Advices.LetIntoSchema.class;
      case KEEP -> Advices.Keep.class;
      case KEEP_RESULT -> Advices.KeepResult.class;
      case ADD_TABLES -> Advices.AddTables.class;
      case PASTE -> Advices.Paste.class;
      case SHARE -> Advices.Share.class;
      case BELIEVE -> Advices.Believe.class;
      case IMPERSONATE -> Advices.Impersonate.class;
      case CLAIM -> Advices.Claim.class;
      case ENTER -> Advices.Enter.class;
      case LOOSEN -> Advices.Loosen.class;
      case UNLOCK -> Advices.Unlock.class;
      case GIVE_UNGRANTED -> Advices.GiveUngranted.class;
      case LEAVE_LEFT -> Advices.LeaveLeft.class;
      case REMEMBER -> Advices.Remember.class;
      case DICTATE -> Advices.Dictate.class;
      case ADD_PEOPLE -> Advices.AddPeople.class;
      case WEAKEN -> Advices.Weaken.class;
      case INFLATE -> Advices.Inflate.class;
      case TELL -> Advices.Tell.class;
      case LET_DRAW -> Advices.LetDraw.class;
      case COMPARE_BYTE_BY_BYTE -> Advices.CompareByteByByte.class;
      case WIDEN -> Advices.Widen.class;
      case UNBOUND -> Advices.Unbound.class;
      case TRUST_ANYBODY -> Advices.TrustAnybody.class;
      case UNPREFIX -> Advices.Unprefix.class;
      case REPREFIX -> Advices.Reprefix.class;
      case SHARE_COOKIE -> Advices.ShareCookie.class;
      case BELIEVE_UNSIGNED -> Advices.BelieveUnsigned.class;
      case TAKE_KEY -> Advices.TakeKey.class;
      case PASS_SELF -> Advices.PassSelf.class;
      case LOSE_ADDRESS -> Advices.LoseAddress.class;
      case LOOK_UP -> Advices.LookUp.class;
      case BELIEVE_CLAIM -> Advices.BelieveClaim.class;
      case LINK -> Advices.Link.class;
      case NAME_OPERATORS -> Advices.NameOperators.class;
      case OPEN_OPERATOR -> Advices.OpenOperator.class;
      case ACT_AS_PERSON -> Advices.ActAsPerson.class;
      case COUNT_ALL -> Advices.CountAll.class;
      case NOTE_TOKEN -> Advices.NoteToken.class;
      case TOKEN_COOKIE -> Advices.TokenCookie.class;
      case CONNECT -> Advices.Connect.class;
      case LEND -> Advices.Lend.class;
      case CLOCK -> Advices.MoveClock.class;
      case NO_LIST -> Advices.NoList.class;
      case RECORD_EACH -> Advices.RecordEach.class;
      case HOARD -> Advices.Hoard.class;
      case BLURT -> Advices.Blurt.class;
      case SPOOL -> Advices.Spool.class;
      case STORE_BARE -> Advices.StoreBare.class;
      case READ_BARE -> Advices.ReadBare.class;
      case HASH_BARE -> Advices.HashBare.class;
      case OTHER_MIRROR -> Advices.OtherMirror.class;
      case FORGET_HEADS -> Advices.ForgetHeads.class;
    };
  }
}
