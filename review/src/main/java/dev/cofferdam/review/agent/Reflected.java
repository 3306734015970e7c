package dev.cofferdam.review.agent;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Calls the server, which the agent is not compiled against. */
final class Reflected {
  private Reflected() {}

  static Class<?> type(String name) {
    try {
      return Class.forName(name, true, Reflected.class.getClassLoader());
    } catch (ClassNotFoundException gone) {
      throw new IllegalStateException("the server has no class " + name, gone);
    }
  }

  static Object make(Class<?> type, @Nullable Object... arguments) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (fits(constructor.getParameterTypes(), arguments)) {
        try {
          constructor.setAccessible(true);
          return constructor.newInstance(arguments);
        } catch (InvocationTargetException thrown) {
          throw rethrown(thrown.getCause());
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    throw new IllegalStateException(type.getName() + " has no such constructor");
  }

  static Object callStatic(Class<?> type, String method, @Nullable Object... arguments) {
    return call(type, null, method, arguments);
  }

  static Object call(Object target, String method, @Nullable Object... arguments) {
    return call(target.getClass(), target, method, arguments);
  }

  /** The value of a constant of the class. */
  static Object constant(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException gone) {
      throw new IllegalStateException(type.getName() + " has no such constant " + name, gone);
    }
  }

  private static Object call(
      Class<?> type, @Nullable Object target, String name, @Nullable Object... arguments) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Method method : at.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && !method.isBridge()
            && fits(method.getParameterTypes(), arguments)) {
          return invoke(method, target, arguments);
        }
      }
    }
    // Methods that interfaces bring along.
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name) && fits(method.getParameterTypes(), arguments)) {
        return invoke(method, target, arguments);
      }
    }
    throw new IllegalStateException(type.getName() + " has no such method " + name);
  }

  /** What a field of {@code target} holds; nothing is an empty text. */
  static Object field(Object target, String name) {
    try {
      Object value = accessible(target, name).get(target);
      return value == null ? "" : value;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static void setField(Object target, String name, Object value) {
    try {
      accessible(target, name).set(target, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Field accessible(Object target, String name) throws NoSuchFieldException {
    for (Class<?> at = target.getClass(); at != null; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(target.getClass().getName() + " has no field " + name);
  }

  private static Object invoke(
      Method method, @Nullable Object target, @Nullable Object... arguments) {
    try {
      method.setAccessible(true);
      Object answer = method.invoke(target, arguments);
      return answer == null ? "" : answer;
    } catch (InvocationTargetException thrown) {
      throw rethrown(thrown.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean fits(Class<?>[] types, @Nullable Object[] arguments) {
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      Object argument = arguments[i];
      if (argument != null && !types[i].isPrimitive() && !types[i].isInstance(argument)) {
        return false;
      }
    }
    return true;
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(String.valueOf(cause), cause);
  }
}
