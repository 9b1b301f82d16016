package org.postel.mailbox.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Reads the JWKS document (RFC 7517 §5) from where the settings say. */
final class KeySet {

    private static final int LARGEST = 256 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KeySource source;

    KeySet(KeySource source) {
        this.source = source;
    }

    String read() throws IOException {
        String document = source.fetched() ? fetch() : readFile(Path.of(source.jwks()));
        if (!document.contains("\"keys\"")) {
            throw new IOException("not a JWKS document: " + source.jwks());
        }
        return document;
    }

    private static String readFile(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("over " + LARGEST + " octets: " + file);
        }
        return Files.readString(file);
    }

    private String fetch() throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(source.jwks())).timeout(PATIENCE);
        if (source.tokenFile().isPresent()) {
            request.header("Authorization", "Bearer " + readFile(source.tokenFile().get()).strip());
        }
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (source.caFile().isPresent()) {
            client.sslContext(TrustedCertificates.of(source.caFile().get()));
        }
        try (HttpClient http = client.build()) {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException("HTTP " + response.statusCode() + " from " + source.jwks());
                }
                return new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
