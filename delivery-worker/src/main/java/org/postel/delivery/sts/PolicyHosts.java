package org.postel.delivery.sts;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postel.delivery.smtp.Authorities;

/**
 * Fetches the texts of policies: RFC 8461 §3.3. Only from a host that proves the name mta-sts.DOMAIN, only what is a plain text,
 * never where a redirection leads.
 */
public final class PolicyHosts implements AutoCloseable {

    /** RFC 8461 §3.3 asks for a limit such as 64 KB. */
    private static final int MOST_OCTETS = 64 * 1024;

    private final HttpClient client;
    private final Duration limit;

    /**
     * Contacts nobody yet.
     *
     * @param authorities who vouches for the hosts
     * @param proxy through which they are reached, by CONNECT; empty: directly
     * @param limit for a policy, connection included
     */
    public PolicyHosts(Authorities authorities, Optional<InetSocketAddress> proxy, Duration limit) {
        HttpClient.Builder builder = HttpClient.newBuilder().sslContext(authorities.context())
                .version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(limit);
        proxy.ifPresent(address -> builder.proxy(ProxySelector.of(address)));
        this.client = builder.build();
        this.limit = limit;
    }

    /** @throws IOException when the host does not answer with a text, in time and within the limit */
    String policyOf(String domain) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://mta-sts." + domain + "/.well-known/mta-sts.txt"))
                .header("User-Agent", "Postel").build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_OCTETS));
        try {
            return text(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new IOException("no policy within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String text(HttpResponse<byte[]> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        // Elsewhere on the host anybody may put files: RFC 8461 §3.2 wants this type for that reason.
        if (response.statusCode() != 200 || !type.equals("text/plain")) {
            throw new IOException("the policy host answered " + response.statusCode() + " with " + (type.isEmpty() ? "no type" : type));
        }
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
