package dev.cofferdam.server.browser;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tree that Chromium gives to screen readers, as far as they read it out. */
record Told(List<Node> nodes) {
  private static final Set<String> CONTROLS =
      Set.of("button", "link", "textbox", "combobox", "radio", "checkbox", "searchbox", "DateTime");

  /**
   * @param role as ARIA calls it
   * @param name what is read out, empty for none
   */
  record Node(String role, String name) {}

  static Told of(Map<String, Object> answer) {
    return new Told(
        ((List<?>) answer.getOrDefault("nodes", List.of()))
            .stream()
                .map(node -> (Map<?, ?>) node)
                .filter(node -> !Boolean.TRUE.equals(node.get("ignored")))
                .map(node -> new Node(value(node, "role"), value(node, "name")))
                .toList());
  }

  private static String value(Map<?, ?> node, String property) {
    return node.get(property) instanceof Map<?, ?> said
        ? String.valueOf(said.get("value")).strip()
        : "";
  }

  /** The names of whatever has this role. */
  List<String> names(String role) {
    return nodes.stream().filter(node -> node.role().equals(role)).map(Node::name).toList();
  }

  /** What can be pressed, followed or filled in. */
  List<Node> controls() {
    return nodes.stream().filter(node -> CONTROLS.contains(node.role())).toList();
  }
}
