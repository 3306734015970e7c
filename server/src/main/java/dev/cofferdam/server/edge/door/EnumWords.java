package dev.cofferdam.server.edge.door;

import java.util.Arrays;
import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/**
 * Parameters name one of several things by the lower-case word that the document has for it and
 * that answers write, and in no other way.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // how Spring asks for a converter of every enum
final class EnumWords implements ConverterFactory<String, Enum> {
  @Override
  public <T extends Enum> Converter<String, T> getConverter(Class<T> type) {
    return word ->
        Arrays.stream(type.getEnumConstants())
            .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(word))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("not one of " + type.getSimpleName()));
  }
}
