package dev.cofferdam.protocol.record;

import java.util.Map;
import java.util.TreeMap;

/** The JSON values that a record is made of. */
sealed interface Json {
  /** The largest integer that RFC 8785 can carry exactly: 2⁵³ − 1. */
  long LARGEST = (1L << 53) - 1;

  /** A string of Unicode scalar values. */
  record Text(String value) implements Json {
    public Text {
      for (int at = 0; at < value.length(); at++) {
        char unit = value.charAt(at);
        if (Character.isHighSurrogate(unit)
            && at + 1 < value.length()
            && Character.isLowSurrogate(value.charAt(at + 1))) {
          at++;
        } else if (Character.isSurrogate(unit)) {
          throw new IllegalArgumentException("half of a surrogate pair at " + at);
        }
      }
    }
  }

  /** An integer of at most 53 bits. */
  record Int(long value) implements Json {
    public Int {
      if (value < -LARGEST || value > LARGEST) {
        throw new IllegalArgumentException(value + " does not fit 53 bits");
      }
    }
  }

  /** An object; its members are kept in the order of RFC 8785, by UTF-16 code units. */
  record Members(Map<String, Json> members) implements Json {
    public Members {
      members = new TreeMap<>(members);
      members.keySet().forEach(Text::new);
    }
  }
}
