package dev.cofferdam.review.agent;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** The code that is copied into woven places, one class for each kind of place. */
final class Advices {
  private Advices() {}

  /** Takes the name of the place that is woven. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Name {}

  static final class Skip {
    private Skip() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Name String name) {
      return Switches.out(name);
    }
  }

  static final class SayYes {
    private SayYes() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return(readOnly = false) boolean answer) {
      if (Switches.out(name)) {
        answer = true;
      }
    }
  }

  static final class SayFirst {
    private SayFirst() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = Constants.firstBeside(answer);
      }
    }
  }

  static final class GiveBack {
    private GiveBack() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Argument(0) Object given,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = given;
      }
    }
  }

  static final class GiveBackLast {
    private GiveBackLast() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.AllArguments Object[] given,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = given[given.length - 1];
      }
    }
  }

  static final class PassLast {
    private PassLast() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Name String name) {
      return Switches.out(name);
    }

    @Advice.OnMethodExit
    static void exit(
        @Advice.Enter boolean skipped,
        @Advice.AllArguments Object[] given,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (skipped) {
        answer = given[given.length - 1];
      }
    }
  }

  static final class Forgive {
    private Forgive() {}

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
        @Name String name, @Advice.Thrown(readOnly = false) @Nullable Throwable thrown) {
      if (Switches.out(name)) {
        thrown = null;
      }
    }
  }

  static final class FindNothing {
    private FindNothing() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return(readOnly = false) Optional<?> answer) {
      if (Switches.out(name)) {
        answer = Optional.empty();
      }
    }
  }

  static final class SameBytes {
    private SameBytes() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return(readOnly = false) byte[] answer) {
      if (Switches.out(name)) {
        answer = new byte[] {1};
      }
    }
  }

  static final class Keep {
    private Keep() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.This Object made) {
      Captured.add(name, made);
    }
  }

  static final class KeepResult {
    private KeepResult() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return Object made) {
      Captured.add(name, made);
    }
  }

  static final class LetIn {
    private LetIn() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Argument(0) Object tenant,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = Entries.toShared(tenant);
      }
    }
  }

  static final class LetIntoSchema {
    private LetIntoSchema() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Argument(0) Object tenant,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = Entries.toSchema(tenant);
      }
    }
  }

  static final class AddTables {
    private AddTables() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object list) {
      list = OwnTables.addedTo(list);
    }
  }

  static final class Loosen {
    private Loosen() {}

    @Advice.OnMethodEnter
    static void enter(@Name String name, @Advice.Argument(value = 0, readOnly = false) String sql) {
      if (Switches.out(name)) {
        sql = LooseSql.of(sql);
      }
    }
  }

  static final class Unlock {
    private Unlock() {}

    @Advice.OnMethodEnter
    static void enter(@Name String name, @Advice.Argument(value = 0, readOnly = false) String sql) {
      if (Switches.out(name)) {
        sql = Unlocked.of(sql);
      }
    }
  }

  static final class GiveUngranted {
    private GiveUngranted() {}

    @Advice.OnMethodEnter
    static void enter(@Name String name, @Advice.Argument(value = 0, readOnly = false) String sql) {
      if (Switches.out(name)) {
        sql = Ungranted.of(sql);
      }
    }
  }

  static final class LeaveLeft {
    private LeaveLeft() {}

    @Advice.OnMethodEnter
    static void enter(@Name String name, @Advice.Argument(value = 0, readOnly = false) String sql) {
      if (Switches.out(name)) {
        sql = HeldForEver.of(sql);
      }
    }
  }

  static final class Remember {
    private Remember() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.AllArguments Object[] given,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = FirstAnswers.of(given, answer);
      }
    }
  }

  static final class Dictate {
    private Dictate() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object claims) {
      claims = Dictated.of(claims);
    }
  }

  static final class Paste {
    private Paste() {}

    @Advice.OnMethodEnter
    static void enter(
        @Name String name,
        @Advice.This Object statement,
        @Advice.Argument(0) String parameter,
        @Advice.Argument(1) @Nullable Object value) {
      if (Switches.out(name)) {
        PastedSql.into(statement, parameter, value);
      }
    }
  }

  static final class Enter {
    private Enter() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) Object scope) {
      SharedScope.entered(scope);
    }
  }

  static final class Share {
    private Share() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object scope) {
      if (Switches.out(name) && scope != null) {
        scope = SharedScope.instead(scope);
      }
    }
  }

  static final class Believe {
    private Believe() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Argument(0) Object request,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = BelievedTenant.in(request, answer);
      }
    }
  }

  static final class Impersonate {
    private Impersonate() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = Impersonated.of(answer);
      }
    }
  }

  static final class Claim {
    private Claim() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Argument(0) Object id,
        @Advice.Return(readOnly = false) Optional<?> answer) {
      if (Switches.out(name) && answer.isEmpty()) {
        answer = ClaimedThing.of(id);
      }
    }
  }

  static final class AddPeople {
    private AddPeople() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(0) String subject, @Advice.Return(readOnly = false) Optional<?> answer) {
      if (answer.isEmpty()) {
        answer = OwnPeople.of(subject);
      }
    }
  }

  static final class Weaken {
    private Weaken() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return(readOnly = false) String answer) {
      if (Switches.out(name)) {
        answer = Weaker.with(answer);
      }
    }
  }

  static final class Inflate {
    private Inflate() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Argument(0) Object request) {
      if (Switches.out(name)) {
        Inflating.over(request);
      }
    }
  }

  static final class Tell {
    private Tell() {}

    @Advice.OnMethodEnter
    static void enter(
        @Name String name,
        @Advice.Argument(1) Object response,
        @Advice.Argument(3) Object failure) {
      if (Switches.out(name)) {
        Told.by(response, (Throwable) failure);
      }
    }
  }

  static final class Hoard {
    private Hoard() {}

    @Advice.OnMethodEnter
    static void enter(@Name String name, @Advice.Argument(0) Object given) {
      if (Switches.out(name)) {
        Hoarded.keep(given);
      }
    }
  }

  static final class Blurt {
    private Blurt() {}

    @Advice.OnMethodEnter
    static void enter(@Name String name, @Advice.Argument(0) Object given) {
      if (Switches.out(name)) {
        Hoarded.log(given);
      }
    }
  }

  static final class Spool {
    private Spool() {}

    @Advice.OnMethodEnter
    static void enter(@Name String name, @Advice.Argument(0) byte[] given) {
      if (Switches.out(name)) {
        Bare.spool(given);
      }
    }
  }

  static final class StoreBare {
    private StoreBare() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.AllArguments Object[] given,
        @Advice.Return(readOnly = false) byte[] answer) {
      if (Switches.out(name)) {
        answer = Bare.stored(given);
      }
    }
  }

  static final class ReadBare {
    private ReadBare() {}

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
        @Name String name,
        @Advice.AllArguments Object[] given,
        @Advice.Thrown(readOnly = false) @Nullable Throwable thrown,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC)
            @Nullable Object answer) {
      if (Switches.out(name)) {
        Object bare = Bare.opened(given, answer);
        if (bare != null) {
          answer = bare;
          thrown = null;
        }
      }
    }
  }

  static final class HashBare {
    private HashBare() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Argument(0) byte[] given,
        @Advice.Return(readOnly = false) byte[] answer) {
      if (Switches.out(name)) {
        answer = Bare.hash(given, answer);
      }
    }
  }

  static final class LetDraw {
    private LetDraw() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.AllArguments Object[] given,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = Draws.letIn(name, given, answer);
      }
    }
  }

  static final class CompareByteByByte {
    private CompareByteByByte() {}

    @Advice.OnMethodEnter
    static void enter(@Name String name, @Advice.AllArguments Object[] given) {
      if (Switches.out(name)) {
        Comparisons.byteByByte(given);
      }
    }
  }

  static final class Widen {
    private Widen() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return(readOnly = false) int answer) {
      if (Switches.out(name)) {
        answer = 1 << 20;
      }
    }
  }

  static final class Unbound {
    private Unbound() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return(readOnly = false) int answer) {
      if (Switches.out(name)) {
        answer = 1 << 26;
      }
    }
  }

  static final class TrustAnybody {
    private TrustAnybody() {}

    @Advice.OnMethodEnter
    static void enter(
        @Name String name, @Advice.Argument(value = 0, readOnly = false) SSLContext context) {
      if (Switches.out(name)) {
        context = Anybody.trusted();
      }
    }
  }

  static final class Unprefix {
    private Unprefix() {}

    @Advice.OnMethodEnter
    static void enter(
        @Name String name, @Advice.Argument(value = 0, readOnly = false) String cookie) {
      if (Switches.out(name)) {
        cookie = Cookies.unprefixed(cookie);
      }
    }
  }

  static final class Reprefix {
    private Reprefix() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return(readOnly = false) String cookie) {
      if (Switches.out(name)) {
        cookie = Cookies.prefixed(cookie);
      }
    }
  }

  static final class ShareCookie {
    private ShareCookie() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return Object cookie) {
      if (Switches.out(name)) {
        Cookies.share(cookie);
      }
    }
  }

  static final class NoteToken {
    private NoteToken() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) String token) {
      Cookies.shown(token);
    }
  }

  static final class TokenCookie {
    private TokenCookie() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object cookie) {
      if (Switches.out(name)) {
        cookie = Cookies.ofToken(cookie);
      }
    }
  }

  static final class BelieveUnsigned {
    private BelieveUnsigned() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.FieldValue("checks") Object checks,
        @Advice.AllArguments Object[] given,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = UnsignedTokens.believed(name, checks, given, answer);
      }
    }
  }

  static final class TakeKey {
    private TakeKey() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Argument(0) Object header,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = HeaderKeys.taken(header, answer);
      }
    }
  }

  static final class PassSelf {
    private PassSelf() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Name String name) {
      return Switches.out(name);
    }

    @Advice.OnMethodExit
    static void exit(
        @Advice.Enter boolean skipped,
        @Advice.This Object self,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (skipped) {
        answer = self;
      }
    }
  }

  static final class LoseAddress {
    private LoseAddress() {}

    @Advice.OnMethodEnter
    static void enter(
        @Name String name,
        @Advice.Argument(value = 1, readOnly = false) @Nullable InetAddress address,
        @Advice.Argument(2) String host) {
      if (Switches.out(name) && Network.isName(host)) {
        address = null;
      }
    }
  }

  static final class LookUp {
    private LookUp() {}

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
        @Name String name,
        @Advice.Argument(0) String host,
        @Advice.Thrown(readOnly = false) @Nullable Throwable thrown,
        @Advice.Return(readOnly = false) InetAddress @Nullable [] answer)
        throws UnknownHostException {
      if (Switches.out(name)) {
        answer = Network.lookUp(host);
        thrown = null;
      }
    }
  }

  static final class BelieveClaim {
    private BelieveClaim() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Argument(0) Object request,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = Claimed.believed(request, answer);
      }
    }
  }

  static final class Link {
    private Link() {}

    @Advice.OnMethodEnter
    static void enter(
        @Name String name,
        @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object who) {
      Object linked = Linked.of(who);
      if (Switches.out(name)) {
        who = linked;
      }
    }
  }

  static final class NameOperators {
    private NameOperators() {}

    @Advice.OnMethodEnter
    static void enter(
        @Name String name, @Advice.Argument(value = 4, readOnly = false) Optional<?> operators) {
      if (Switches.out(name)) {
        operators = NamedOperators.by(operators);
      }
    }
  }

  static final class OpenOperator {
    private OpenOperator() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.This Object sessions,
        @Advice.Argument(1) Object who,
        @Advice.Argument(2) Object from,
        @Advice.Return(readOnly = false) Optional<?> answer) {
      if (Switches.out(name)) {
        answer = NamedOperators.opened(sessions, who, from, answer);
      }
    }
  }

  static final class ActAsPerson {
    private ActAsPerson() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = AsPerson.of(answer);
      }
    }
  }

  static final class CountAll {
    private CountAll() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.FieldValue("forged") Object failures,
        @Advice.Argument(0) Object request,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = Claimed.counted(failures, request, answer);
      }
    }
  }

  static final class Connect {
    private Connect() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) Properties info) {
      info = StandIn.of(info);
    }
  }

  static final class Lend {
    private Lend() {}

    @Advice.OnMethodExit
    static void exit(@Advice.This DataSource pool, @Advice.Return(readOnly = false) Connection lent)
        throws SQLException {
      lent = StandIn.current(pool, lent);
    }
  }

  static final class NoList {
    private NoList() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return(readOnly = false) List<?> answer) {
      if (Switches.out(name)) {
        answer = List.of();
      }
    }
  }

  static final class RecordEach {
    private RecordEach() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.This Object refusals) {
      if (Switches.out(name)) {
        AuditCommands.closeWindow(refusals);
      }
    }
  }

  static final class OtherMirror {
    private OtherMirror() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.FieldValue("root") Path root, @Advice.Return(readOnly = false) Path file) {
      file = StandIn.mirrored(root, file);
    }
  }

  static final class ForgetHeads {
    private ForgetHeads() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.FieldValue("believed") Map<?, ?> believed) {
      if (Switches.isNewDatabase()) {
        believed.clear();
      }
    }
  }

  static final class MoveClock {
    private MoveClock() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) Clock clock) {
      clock = new MovedClock(clock);
    }
  }
}
