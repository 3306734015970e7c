package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.edge.EdgeRefusedException;
import java.util.List;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;

/** Finds handlers of kinds that carry no declaration. There are to be none. */
final class OtherHandlers {
  private OtherHandlers() {}

  static void refuse(List<HandlerMapping> mappings) {
    for (HandlerMapping mapping : mappings) {
      boolean some =
          switch (mapping) {
            case AbstractUrlHandlerMapping urls ->
                !urls.getHandlerMap().isEmpty() || urls.getRootHandler() != null;
            case RouterFunctionMapping functions -> functions.getRouterFunction() != null;
            default -> false;
          };
      if (some) {
        throw new EdgeRefusedException(
            "`%s` has handlers that declare nothing: write them as methods with @Surface."
                .formatted(mapping.getClass().getSimpleName()));
      }
    }
  }
}
