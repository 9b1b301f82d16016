package org.postel.mailbox.openid;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postel.mailbox.identity.TrustedCertificates;

/** Calls to an issuer, each with a deadline for the whole answer and up to 256 KiB of it; waits, so it is called from virtual threads. */
final class IssuerCalls implements HTTPRequestSender {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LARGEST = 256 << 10;

    private final Optional<Path> caFile;
    private final Duration patience;

    /**
     * @param caFile   certificates that the issuer's server may be signed by, instead of the JDK's; read at each call
     * @param patience how long one call may take
     */
    IssuerCalls(Optional<Path> caFile, Duration patience) {
        this.caFile = caFile;
        this.patience = patience;
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        HttpRequest.Builder asked = HttpRequest.newBuilder(request.getURI())
                .method(request.getMethod().name(), HttpRequest.BodyPublishers.ofString(Optional.ofNullable(request.getBody()).orElse("")));
        request.getHeaderMap().forEach((name, values) -> values.forEach(value -> asked.header(name, value)));
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(patience);
        if (caFile.isPresent()) {
            client.sslContext(TrustedCertificates.of(caFile.get()));
        }
        try (HttpClient http = client.build()) {
            return answer(whole(http.sendAsync(asked.build(), BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST))));
        }
    }

    /** A deadline of the request itself would end with the header of its answer. */
    private HttpResponse<String> whole(CompletableFuture<HttpResponse<String>> answer) throws IOException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + patience, e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static HTTPResponse answer(HttpResponse<String> response) throws IOException {
        HTTPResponse answer = new HTTPResponse(response.statusCode());
        answer.setBody(response.body());
        Optional<String> type = response.headers().firstValue("Content-Type");
        if (type.isPresent()) {
            try {
                answer.setContentType(type.get());
            } catch (ParseException e) {
                throw new IOException("no media type", e);
            }
        }
        return answer;
    }
}
