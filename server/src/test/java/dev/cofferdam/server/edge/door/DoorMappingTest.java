package dev.cofferdam.server.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.RunningServer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** What the framework would find is found. */
class DoorMappingTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @Test
  void everyRouteOfTheServerIsFoundByItsOwnPath() throws Exception {
    DoorMapping mapping = SERVER.bean(DoorMapping.class);
    Map<RequestMappingInfo, HandlerMethod> handlers = mapping.getHandlerMethods();

    assertThat(handlers).hasSizeGreaterThan(100);
    for (Map.Entry<RequestMappingInfo, HandlerMethod> route : handlers.entrySet()) {
      for (MockHttpServletRequest request : requests(route.getKey())) {
        assertThat(mapping.getHandler(request))
            .as(request.getMethod() + " " + request.getRequestURI())
            .isNotNull()
            .extracting(chain -> ((HandlerMethod) chain.getHandler()).getMethod())
            .isEqualTo(route.getValue().getMethod());
      }
    }
  }

  @Test
  void itIsTheOneThatTheServerHas() {
    assertThat(SERVER.bean(RequestMappingHandlerMapping.class)).isInstanceOf(DoorMapping.class);
  }

  private static List<MockHttpServletRequest> requests(RequestMappingInfo route) {
    return route.getPatternValues().stream()
        .map(pattern -> pattern.replaceAll("\\{\\*?[^}]*}", UUID.randomUUID().toString()))
        .flatMap(
            path ->
                route.getMethodsCondition().getMethods().stream()
                    .map(method -> new MockHttpServletRequest(method.name(), path)))
        .peek(request -> accepting(request, route))
        .peek(ServletRequestPathUtils::parseAndCache)
        .toList();
  }

  private static void accepting(MockHttpServletRequest request, RequestMappingInfo route) {
    route.getConsumesCondition().getConsumableMediaTypes().stream()
        .findFirst()
        .ifPresent(type -> request.setContentType(type.toString()));
    route.getProducesCondition().getProducibleMediaTypes().stream()
        .findFirst()
        .ifPresent(type -> request.addHeader("Accept", type.toString()));
  }
}
