package dev.cofferdam.server.tenancy.driver;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.postgresql.core.Field;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.util.DriverInfo;

/**
 * The parts of pgjdbc that it does not publish: two queries sent as one. A record, because the
 * compiler folds handles in final fields of records into the calling code.
 */
record DriverInternals(
    MethodHandle newQuery,
    MethodHandle newParameters,
    MethodHandle describe,
    MethodHandle describePortal,
    MethodHandle columns,
    ParameterList noParameters) {

  /** The one version whose internals these were read from and tested with. */
  static final String VERSION = "42.7.13";

  static final String PACKAGE = "org.postgresql.core.v3";

  private static final DriverInternals LIVE = find(version(), PACKAGE);
  private static final int[] OFFSETS_WITH_ONE_PARAMETER_FIRST = {0, 1};

  /** Those of the driver on the class path. */
  static DriverInternals live() {
    return LIVE;
  }

  /** The version that the driver on the class path calls itself, read at run time. */
  static String version() {
    try {
      // By reflection: the compiler would copy the constant, and so never see another driver.
      return (String) DriverInfo.class.getField("DRIVER_VERSION").get(null);
    } catch (ReflectiveOperationException e) {
      throw new DriverRefusedException("The PostgreSQL driver does not tell its version.", e);
    }
  }

  static DriverInternals find(String version, String inPackage) {
    if (!version.equals(VERSION)) {
      throw new DriverRefusedException(
          "The PostgreSQL driver is version `"
              + version
              + "`, and Cofferdam is built for "
              + VERSION
              + " alone. Put postgresql-"
              + VERSION
              + ".jar in its place.");
    }
    try {
      ClassLoader loader = QueryExecutor.class.getClassLoader();
      Class<?> simple = Class.forName(inPackage + ".SimpleQuery", true, loader);
      Class<?> values = Class.forName(inPackage + ".SimpleParameterList", true, loader);
      Class<?> composite = Class.forName(inPackage + ".CompositeQuery", true, loader);
      Class<?> compositeValues = Class.forName(inPackage + ".CompositeParameterList", true, loader);
      MethodHandles.Lookup own = MethodHandles.lookup();
      MethodHandle newQuery =
          MethodHandles.privateLookupIn(composite, own)
              .findConstructor(
                  composite, MethodType.methodType(void.class, simple.arrayType(), int[].class))
              .asCollector(0, simple.arrayType(), 2)
              .asType(MethodType.methodType(Query.class, Query.class, Query.class, int[].class));
      MethodHandle newParameters =
          MethodHandles.privateLookupIn(compositeValues, own)
              .findConstructor(
                  compositeValues,
                  MethodType.methodType(void.class, values.arrayType(), int[].class))
              .asCollector(0, values.arrayType(), 2)
              .asType(
                  MethodType.methodType(
                      ParameterList.class, ParameterList.class, ParameterList.class, int[].class));
      MethodHandle describe = flag(simple, "setStatementDescribed");
      MethodHandle describePortal = flag(simple, "setPortalDescribed");
      MethodHandle columns =
          MethodHandles.privateLookupIn(simple, own)
              .findVirtual(simple, "setFields", MethodType.methodType(void.class, Field[].class))
              .asType(MethodType.methodType(void.class, Query.class, Field[].class));
      ParameterList none =
          (ParameterList)
              MethodHandles.privateLookupIn(simple, own)
                  .findStaticGetter(simple, "NO_PARAMETERS", values)
                  .asType(MethodType.methodType(ParameterList.class))
                  .invoke();
      return new DriverInternals(newQuery, newParameters, describe, describePortal, columns, none);
    } catch (Throwable e) {
      throw new DriverRefusedException(
          "The PostgreSQL driver lacks internals that Cofferdam hooks. Put an unchanged postgresql-"
              + VERSION
              + ".jar in its place.",
          e);
    }
  }

  private static MethodHandle flag(Class<?> simple, String setter)
      throws ReflectiveOperationException {
    return MethodHandles.privateLookupIn(simple, MethodHandles.lookup())
        .findVirtual(simple, setter, MethodType.methodType(void.class, boolean.class))
        .asType(MethodType.methodType(void.class, Query.class, boolean.class));
  }

  /** One query that runs {@code first}, which has one parameter, and then {@code second}. */
  Query both(Query first, Query second) {
    try {
      return (Query) newQuery.invokeExact(first, second, OFFSETS_WITH_ONE_PARAMETER_FIRST);
    } catch (Throwable e) {
      throw new IllegalStateException("the driver's internals changed", e);
    }
  }

  /** The parameters of {@link #both}. */
  ParameterList both(ParameterList first, ParameterList second) {
    try {
      return (ParameterList)
          newParameters.invokeExact(first, second, OFFSETS_WITH_ONE_PARAMETER_FIRST);
    } catch (Throwable e) {
      throw new IllegalStateException("the driver's internals changed", e);
    }
  }

  /**
   * Lets the driver forget that it knows the columns of {@code query}. It forces a Sync before a
   * query whose rows it knows to be unbounded, and the Sync would end the transaction of the
   * binding before the statement that it binds.
   *
   * <p>The columns are forgotten with it. A statement that was prepared with a null of no type is
   * described once more with each such null, and the answer would say of columns that were just
   * asked for in binary that they are text.
   */
  void forgetDescription(Query query) {
    try {
      describe.invokeExact(query, false);
      describePortal.invokeExact(query, false);
      columns.invokeExact(query, (Field[]) null);
    } catch (Throwable e) {
      throw new IllegalStateException("the driver's internals changed", e);
    }
  }
}
