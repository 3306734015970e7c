package dev.cofferdam.review.verifier;

import dev.cofferdam.review.agent.Seams.Seam;
import dev.cofferdam.review.agent.Switches;
import dev.cofferdam.review.agent.Weaver;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/**
 * The node's classes, read from its archives and from nowhere else; where they are woven they ask
 * switches that are this node's alone, so that nodes of one JVM differ in what is out.
 */
final class WovenNode extends URLClassLoader {
  private static final String OF_AGENT = Switches.class.getPackageName() + ".";

  private final Map<String, List<Seam>> seams =
      VerifierSeams.all().stream().collect(Collectors.groupingBy(Seam::type));
  private final ClassFileLocator files;
  private final TypePool types;

  private WovenNode(URL[] archives, ClassFileLocator files) {
    super("node", archives, getPlatformClassLoader());
    this.files = files;
    this.types = TypePool.Default.of(files);
  }

  static WovenNode of(List<Path> archives) throws IOException {
    List<ClassFileLocator> locators = new ArrayList<>();
    for (Path archive : archives) {
      locators.add(ClassFileLocator.ForJarFile.of(archive.toFile()));
    }
    locators.add(ClassFileLocator.ForClassLoader.ofPlatformLoader());
    return new WovenNode(
        archives.stream().map(WovenNode::url).toArray(URL[]::new),
        new ClassFileLocator.Compound(locators));
  }

  private static URL url(Path archive) {
    try {
      return archive.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes out exactly these layers. */
  void take(Set<String> layers) {
    try {
      loadClass(Switches.class.getName()).getMethod("take", Set.class).invoke(null, layers);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the node has no switches", e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(OF_AGENT)) {
      byte[] copied = ofAgent(name);
      return defineClass(name, copied, 0, copied.length);
    }
    List<Seam> places = seams.get(name);
    if (places == null) {
      return super.findClass(name);
    }
    byte[] woven =
        Weaver.woven(new ByteBuddy().redefine(types.describe(name).resolve(), files), places)
            .make()
            .getBytes();
    return defineClass(name, woven, 0, woven.length);
  }

  private static byte[] ofAgent(String name) throws ClassNotFoundException {
    try (InputStream in =
        WovenNode.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
    super.close();
  }
}
