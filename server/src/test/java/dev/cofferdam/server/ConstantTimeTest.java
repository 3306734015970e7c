package dev.cofferdam.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is secret is compared by {@code MessageDigest.isEqual} or by types of ours that do so. Read
 * from the sources, by the names that things have: an {@code equals} on a token is found, and every
 * comparison of arrays, whatever they hold.
 *
 * <p>Not found: a secret by another name, and one that is the key of a map.
 */
class ConstantTimeTest {
  private static final List<Path> SOURCES =
      List.of(
          Path.of("../protocol/src/main/java"),
          Path.of("../node/src/main/java"),
          Path.of("src/main/java"));

  private static final Path PLANTED = Path.of("src/test/java/dev/cofferdam/planted/timing");

  /** Last words of the names of secrets. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(token|secret|secretText|password|mac|hmac|verifier|handle|nonce|credential|challenge|signature)");

  /** By which values are compared in a time that tells something. */
  private static final Set<String> COMPARING =
      Set.of(
          "equals",
          "equalsIgnoreCase",
          "contentEquals",
          "compareTo",
          "compareToIgnoreCase",
          "startsWith",
          "endsWith",
          "regionMatches",
          "mismatch",
          "deepEquals",
          "compare");

  /** Where what is compared is public, and why. Whoever adds one says so in the change's review. */
  private static final Map<String, String> PUBLIC =
      Map.ofEntries(
          Map.entry("Ed25519.raw", "the beginning of the encoding of a public key"),
          Map.entry("Entries.compare", "records of a log, by who may read all of them"),
          Map.entry("ExchangeGrant.wrong", "the name of a type of tokens"),
          Map.entry(
              "Hash.equals",
              "the hash of a node: in the log's tree everybody's, of a"
                  + " session's handle a name that opens nothing"),
          Map.entry("Hash.equalsAt", "the hash of a node"),
          Map.entry("History.compareHashes", "hashes of a log, by who may read all of them"),
          Map.entry("JsonReader.read", "a record with its own other writing"),
          Map.entry("KeySet.of", "what a client's public key is for"),
          Map.entry("LogCheck.mirrored", "records with their mirror"),
          Map.entry("LogKeys.startsWith", "how every record of a rotation begins"),
          Map.entry("LogMirror.write", "records with their mirror"),
          Map.entry("MirrorDirectory.replace", "records with their mirror"),
          Map.entry("MirrorDirectory.requireSame", "records with their mirror"),
          Map.entry("NoteKey.check", "the id of a public key"),
          Map.entry("PublishedKeys.usable", "what a published key is for"),
          Map.entry(
              "RootKeyText.parse", "the first words of a root key file, which are the same in all"),
          Map.entry("SelfTest.equal", "published test vectors"),
          Map.entry("Signature.equals", "a signature that everybody may see"),
          Map.entry("SigningKey.point", "the beginning of the encoding of a public key"));

  private static final class Finder extends TreeScanner<Void, Void> {
    private final Set<String> found = new TreeSet<>();
    private final Deque<String> classes = new ArrayDeque<>();
    private String method = "";

    @Override
    public @Nullable Void visitClass(ClassTree tree, Void unused) {
      classes.push(tree.getSimpleName().toString());
      super.visitClass(tree, unused);
      classes.pop();
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, Void unused) {
      String outer = method;
      method = tree.getName().toString();
      super.visitMethod(tree, unused);
      method = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      if (tree.getMethodSelect() instanceof MemberSelectTree select
          && COMPARING.contains(select.getIdentifier().toString())) {
        List<ExpressionTree> operands = new ArrayList<>(tree.getArguments());
        operands.add(select.getExpression());
        boolean ofArrays = select.getExpression().toString().equals("Arrays");
        if (ofArrays || operands.stream().anyMatch(Finder::isSecret)) {
          add();
        }
      }
      return super.visitMethodInvocation(tree, unused);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree tree, Void unused) {
      if (COMPARING.contains(tree.getName().toString())
          && isSecret(tree.getQualifierExpression())) {
        add();
      }
      return super.visitMemberReference(tree, unused);
    }

    private void add() {
      found.add(classes.peek() + "." + method);
    }

    private static boolean isSecret(ExpressionTree operand) {
      return switch (operand) {
        case IdentifierTree name -> SECRET.matcher(name.getName()).matches();
        case MemberSelectTree select -> SECRET.matcher(select.getIdentifier()).matches();
        case MethodInvocationTree call -> isSecret(call.getMethodSelect());
        case ParenthesizedTree inner -> isSecret(inner.getExpression());
        default -> false;
      };
    }
  }

  private static Set<String> compared(Collection<Path> folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Finder finder = new Finder();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        finder.scan(unit, null);
      }
    }
    return finder.found;
  }

  @Test
  void nothingSecretIsComparedInATimeThatTells() throws IOException {
    assertThat(compared(SOURCES)).containsExactlyInAnyOrderElementsOf(PUBLIC.keySet());
  }

  @Test
  void theRuleFiresOnWhatIsPlantedForItAndOnNothingElse() throws IOException {
    Set<String> expected = new HashSet<>();
    for (String method :
        List.of(
            "byText",
            "byTextTheOtherWayRound",
            "byAnAccessor",
            "byOrder",
            "byHelp",
            "byBeginning",
            "byBytes",
            "byDifference",
            "byReference")) {
      expected.add("Compares." + method);
    }
    assertThat(compared(List.of(PLANTED))).isEqualTo(expected);
  }
}
