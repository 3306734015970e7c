package dev.cofferdam.review.verifier;

import dev.cofferdam.review.agent.Seams.Seam;
import dev.cofferdam.review.agent.Weaver;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/**
 * The node's classes, read from its archives and from nowhere else; where they are woven they ask
 * the switches of this JVM.
 */
final class WovenNode extends URLClassLoader {
  private static final String SWITCHES = "dev.cofferdam.review.agent.";

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

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.startsWith(SWITCHES)
        ? Class.forName(name, true, WovenNode.class.getClassLoader())
        : super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
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

  @Override
  public void close() throws IOException {
    files.close();
    super.close();
  }
}
