package dev.cofferdam.server.tenancy.driver;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.Encoding;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.ProtocolVersion;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.EscapeSyntaxCallMode;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.HostSpec;

/**
 * Passes on whatever sends no statement. What sends one is left open, so that a driver that gains
 * another way to send does not compile.
 */
// Deprecated methods are the driver's own to call.
@SuppressWarnings("deprecation")
abstract class DelegatingExecutor implements QueryExecutor {
  final QueryExecutor executor;

  DelegatingExecutor(QueryExecutor executor) {
    this.executor = executor;
  }

  @Override
  public Query createSimpleQuery(String sql) throws SQLException {
    return executor.createSimpleQuery(sql);
  }

  @Override
  public boolean isReWriteBatchedInsertsEnabled() {
    return executor.isReWriteBatchedInsertsEnabled();
  }

  @Override
  public int getReWriteBatchedInsertsSize() {
    return executor.getReWriteBatchedInsertsSize();
  }

  @Override
  public CachedQuery createQuery(
      String sql,
      boolean escapeProcessing,
      boolean isParameterized,
      String @Nullable ... columnNames)
      throws SQLException {
    return executor.createQuery(sql, escapeProcessing, isParameterized, columnNames);
  }

  @Override
  public Object createQueryKey(
      String sql,
      boolean escapeProcessing,
      boolean isParameterized,
      String @Nullable ... columnNames) {
    return executor.createQueryKey(sql, escapeProcessing, isParameterized, columnNames);
  }

  @Override
  public CachedQuery createQueryByKey(Object key) throws SQLException {
    return executor.createQueryByKey(key);
  }

  @Override
  public CachedQuery borrowQueryByKey(Object key) throws SQLException {
    return executor.borrowQueryByKey(key);
  }

  @Override
  public CachedQuery borrowQuery(String sql) throws SQLException {
    return executor.borrowQuery(sql);
  }

  @Override
  public CachedQuery borrowCallableQuery(String sql) throws SQLException {
    return executor.borrowCallableQuery(sql);
  }

  @Override
  public CachedQuery borrowReturningQuery(String sql, String @Nullable [] columnNames)
      throws SQLException {
    return executor.borrowReturningQuery(sql, columnNames);
  }

  @Override
  public void releaseQuery(CachedQuery cachedQuery) {
    executor.releaseQuery(cachedQuery);
  }

  @Override
  public Query wrap(List<NativeQuery> queries) {
    return executor.wrap(queries);
  }

  @Override
  public void processNotifies() throws SQLException {
    executor.processNotifies();
  }

  @Override
  public void processNotifies(int timeoutMillis) throws SQLException {
    executor.processNotifies(timeoutMillis);
  }

  @Override
  public ProtocolVersion getProtocolVersion() {
    return executor.getProtocolVersion();
  }

  @Override
  public void addBinaryReceiveOid(int oid) {
    executor.addBinaryReceiveOid(oid);
  }

  @Override
  public void removeBinaryReceiveOid(int oid) {
    executor.removeBinaryReceiveOid(oid);
  }

  @Override
  @Deprecated
  public Set<? extends Integer> getBinaryReceiveOids() {
    return executor.getBinaryReceiveOids();
  }

  @Override
  public void setBinaryReceiveOids(Set<Integer> useBinaryForOids) {
    executor.setBinaryReceiveOids(useBinaryForOids);
  }

  @Override
  public void addBinarySendOid(int oid) {
    executor.addBinarySendOid(oid);
  }

  @Override
  public void removeBinarySendOid(int oid) {
    executor.removeBinarySendOid(oid);
  }

  @Override
  @Deprecated
  public Set<? extends Integer> getBinarySendOids() {
    return executor.getBinarySendOids();
  }

  @Override
  public void setBinarySendOids(Set<Integer> useBinaryForOids) {
    executor.setBinarySendOids(useBinaryForOids);
  }

  @Override
  public boolean getIntegerDateTimes() {
    return executor.getIntegerDateTimes();
  }

  @Override
  public HostSpec getHostSpec() {
    return executor.getHostSpec();
  }

  @Override
  public String getUser() {
    return executor.getUser();
  }

  @Override
  public String getDatabase() {
    return executor.getDatabase();
  }

  @Override
  public void sendQueryCancel() throws SQLException {
    executor.sendQueryCancel();
  }

  @Override
  public int getBackendPID() {
    return executor.getBackendPID();
  }

  @Override
  public void abort() {
    executor.abort();
  }

  @Override
  public void close() {
    executor.close();
  }

  @Override
  public Closeable getCloseAction() {
    return executor.getCloseAction();
  }

  @Override
  public boolean isClosed() {
    return executor.isClosed();
  }

  @Override
  public String getServerVersion() {
    return executor.getServerVersion();
  }

  @Override
  public PGNotification[] getNotifications() throws SQLException {
    return executor.getNotifications();
  }

  @Override
  public @Nullable SQLWarning getWarnings() {
    return executor.getWarnings();
  }

  @Override
  public int getServerVersionNum() {
    return executor.getServerVersionNum();
  }

  @Override
  public TransactionState getTransactionState() {
    return executor.getTransactionState();
  }

  @Override
  public boolean getStandardConformingStrings() {
    return executor.getStandardConformingStrings();
  }

  @Override
  public boolean getQuoteReturningIdentifiers() {
    return executor.getQuoteReturningIdentifiers();
  }

  @Override
  public @Nullable TimeZone getTimeZone() {
    return executor.getTimeZone();
  }

  @Override
  public Encoding getEncoding() {
    return executor.getEncoding();
  }

  @Override
  public String getApplicationName() {
    return executor.getApplicationName();
  }

  @Override
  public boolean isColumnSanitiserDisabled() {
    return executor.isColumnSanitiserDisabled();
  }

  @Override
  public EscapeSyntaxCallMode getEscapeSyntaxCallMode() {
    return executor.getEscapeSyntaxCallMode();
  }

  @Override
  public PreferQueryMode getPreferQueryMode() {
    return executor.getPreferQueryMode();
  }

  @Override
  public AutoSave getAutoSave() {
    return executor.getAutoSave();
  }

  @Override
  public boolean willHealOnRetry(SQLException e) {
    return executor.willHealOnRetry(e);
  }

  @Override
  public void setFlushCacheOnDeallocate(boolean flushCacheOnDeallocate) {
    executor.setFlushCacheOnDeallocate(flushCacheOnDeallocate);
  }

  @Override
  public boolean isFlushCacheOnDdl() {
    return executor.isFlushCacheOnDdl();
  }

  @Override
  public void setFlushCacheOnDdl(boolean flushCacheOnDdl) {
    executor.setFlushCacheOnDdl(flushCacheOnDdl);
  }

  @Override
  public void setNetworkTimeout(int milliseconds) throws IOException {
    executor.setNetworkTimeout(milliseconds);
  }

  @Override
  public int getNetworkTimeout() throws IOException {
    return executor.getNetworkTimeout();
  }

  @Override
  public Map<String, String> getParameterStatuses() {
    return executor.getParameterStatuses();
  }

  @Override
  public @Nullable String getParameterStatus(String parameterName) {
    return executor.getParameterStatus(parameterName);
  }

  @Override
  public int getAdaptiveFetchSize(boolean adaptiveFetch, ResultCursor cursor) {
    return executor.getAdaptiveFetchSize(adaptiveFetch, cursor);
  }

  @Override
  public boolean getAdaptiveFetch() {
    return executor.getAdaptiveFetch();
  }

  @Override
  public void setAdaptiveFetch(boolean adaptiveFetch) {
    executor.setAdaptiveFetch(adaptiveFetch);
  }

  @Override
  public void addQueryToAdaptiveFetchCache(boolean adaptiveFetch, ResultCursor cursor) {
    executor.addQueryToAdaptiveFetchCache(adaptiveFetch, cursor);
  }

  @Override
  public void removeQueryFromAdaptiveFetchCache(boolean adaptiveFetch, ResultCursor cursor) {
    executor.removeQueryFromAdaptiveFetchCache(adaptiveFetch, cursor);
  }

  @Override
  public boolean useBinaryForReceive(int oid) {
    return executor.useBinaryForReceive(oid);
  }

  @Override
  public boolean useBinaryForSend(int oid) {
    return executor.useBinaryForSend(oid);
  }
}
