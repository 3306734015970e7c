package dev.cofferdam.server.edge.door;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.module.SimpleModule;

/**
 * Which fields a body must have: those that its record does not call nullable. The same words stand
 * in the OpenAPI document and refuse the body, so the document cannot ask for anything else.
 */
public final class RequiredFields {
  private RequiredFields() {}

  /** Whether a record of a null-marked package cannot be without this. */
  public static boolean has(RecordComponent component) {
    return component.getType() != Optional.class
        && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** Has a mapper refuse a body without one, by the name of the field. */
  static SimpleModule module() {
    return new SimpleModule("required-fields") {
      @Override
      public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.appendAnnotationIntrospector(new OfRecords());
      }
    };
  }

  private static final class OfRecords extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Version version() {
      return Version.unknownVersion();
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      RecordComponent component = component(member);
      return component == null ? null : has(component);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
      RecordComponent component = component(member);
      return component == null
          ? JsonSetter.Value.empty()
          : JsonSetter.Value.construct(
              has(component) ? Nulls.FAIL : Nulls.DEFAULT,
              Collection.class.isAssignableFrom(component.getType()) ? Nulls.FAIL : Nulls.DEFAULT);
    }

    private static @Nullable RecordComponent component(Annotated member) {
      return member instanceof AnnotatedParameter parameter
              && parameter.getDeclaringClass().isRecord()
              && parameter.getOwner().getParameterCount()
                  == parameter.getDeclaringClass().getRecordComponents().length
          ? parameter.getDeclaringClass().getRecordComponents()[parameter.getIndex()]
          : null;
    }
  }
}
