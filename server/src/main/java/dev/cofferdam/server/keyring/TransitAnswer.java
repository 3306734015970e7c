package dev.cofferdam.server.keyring;

import dev.cofferdam.protocol.crypto.SecretBytes;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * What a transit engine answers: in its member {@code data} a ciphertext or a plaintext. The
 * plaintext is never made a string, and no buffer that it went through is used again.
 */
final class TransitAnswer implements AutoCloseable {
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  private String ciphertext = "";
  private @Nullable SecretBytes plaintext;

  private TransitAnswer() {}

  /**
   * Reads it.
   *
   * @throws JacksonException when it is no JSON
   */
  static TransitAnswer of(byte[] body) {
    TransitAnswer answer = new TransitAnswer();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      answer.outer(parser);
      return answer;
    } catch (RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  /** Empty when there is none. */
  String ciphertext() {
    return ciphertext;
  }

  /** From now on the caller's. */
  Optional<SecretBytes> takePlaintext() {
    SecretBytes taken = plaintext;
    plaintext = null;
    return Optional.ofNullable(taken);
  }

  private void outer(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isData = parser.currentName().equals("data");
      if (parser.nextToken() == JsonToken.START_OBJECT && isData) {
        data(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void data(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        parser.skipChildren();
      } else if (name.equals("ciphertext")) {
        ciphertext = parser.getString();
      } else if (name.equals("plaintext") && plaintext == null) {
        plaintext = decoded(parser);
      }
    }
  }

  private static @Nullable SecretBytes decoded(JsonParser parser) {
    char[] characters = parser.getStringCharacters();
    byte[] encoded = new byte[parser.getStringLength()];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = (byte) characters[parser.getStringOffset() + i];
    }
    try {
      return SecretBytes.takenFrom(Base64.getDecoder().decode(encoded));
    } catch (IllegalArgumentException notBase64) {
      return null;
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  @Override
  public void close() {
    takePlaintext().ifPresent(SecretBytes::close);
  }
}
