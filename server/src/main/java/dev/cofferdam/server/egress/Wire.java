package dev.cofferdam.server.egress;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Apache's client with everything off that would make requests of its own, or send them elsewhere:
 * redirects, retries, proxies, cookies, authentication, compression, and its own resolver. A
 * connection serves one request: none is reused whose address was checked for an earlier one.
 */
final class Wire implements AutoCloseable {
  private static final int LONGEST_LINE = 16 << 10;
  private static final int MOST_HEADERS = 100;

  private final CloseableHttpClient client;

  Wire(SSLContext trust, Duration connectTime, int mostAtOnce) {
    Timeout connect = Timeout.of(connectTime);
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new NoResolver())
            .setTlsSocketStrategy(
                ClientTlsStrategyBuilder.create()
                    .setSslContext(trust)
                    .setTlsVersions(TLS.V_1_3, TLS.V_1_2)
                    .setHostVerificationPolicy(HostnameVerificationPolicy.BOTH)
                    .buildClassic())
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setMaxLineLength(LONGEST_LINE)
                            .setMaxHeaderCount(MOST_HEADERS)
                            .setMaxEmptyLineCount(1)
                            .build())
                    .build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(connect).build())
            .setMaxConnTotal(mostAtOnce)
            .setMaxConnPerRoute(mostAtOnce)
            .build();
    client =
        HttpClientBuilder.create()
            .setConnectionManager(connections)
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setRoutePlanner((host, context) -> route(host))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(connect)
                    .setProtocolUpgradeEnabled(false)
                    .setExpectContinueEnabled(false)
                    .build())
            .setUserAgent("cofferdam")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableConnectionState()
            .build();
  }

  private static HttpRoute route(HttpHost host) {
    return new HttpRoute(host, null, host.getSchemeName().equals("https"));
  }

  /**
   * Sends it to one address and reads the whole answer.
   *
   * @param deadline cuts the request off when it passes
   */
  Outcome send(Outgoing outgoing, Destination to, InetAddress address, Deadline deadline)
      throws IOException {
    HttpHost host = new HttpHost(to.secure() ? "https" : "http", address, to.host(), to.port());
    HttpUriRequestBase request =
        new HttpUriRequestBase(outgoing.method(), java.net.URI.create(to.target()));
    outgoing.headers().forEach(request::setHeader);
    byte[] body = outgoing.body();
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body, (ContentType) null));
    }
    deadline.cuts(request::cancel);
    return client.execute(
        host, request, response -> read(response, to, outgoing.mostBytes(), request::cancel));
  }

  private static Outcome read(
      ClassicHttpResponse response, Destination to, int mostBytes, Runnable cut)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity != null && entity.getContentEncoding() != null) {
      cut.run();
      return new Outcome.Failed(Outcome.Cause.GARBLED, to.host());
    }
    byte @Nullable [] body = entity == null ? new byte[0] : content(entity, mostBytes);
    if (body == null) {
      // Closing alone would read what is left of it.
      cut.run();
      return new Outcome.Failed(Outcome.Cause.TOO_LARGE, to.host());
    }
    return new Outcome.Answered(response.getCode(), headers(response), body);
  }

  private static byte @Nullable [] content(HttpEntity entity, int mostBytes) throws IOException {
    InputStream content = entity.getContent();
    byte[] read = content.readNBytes(mostBytes + 1);
    return read.length > mostBytes ? null : Arrays.copyOf(read, read.length);
  }

  private static Map<String, List<String>> headers(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue());
    }
    return headers;
  }

  @Override
  public void close() {
    client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
  }

  /** INVARIANT: nothing is looked up behind the check: every host arrives with its address. */
  private static final class NoResolver implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException("`" + host + "` came without the address that was checked");
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      throw new UnknownHostException("`" + host + "` came without the address that was checked");
    }
  }
}
