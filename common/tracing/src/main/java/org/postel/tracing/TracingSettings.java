package org.postel.tracing;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where spans go, and which.
 *
 * @param endpoint the collector that takes OTLP over HTTP, without the path; empty: nothing is recorded
 * @param ratio    how many of the traces that begin here are recorded, from 0 to 1
 * @param interval how long spans are gathered before they are sent together
 */
public record TracingSettings(Optional<URI> endpoint, double ratio, Duration interval) {

    public TracingSettings {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("the ratio of traces is from 0 to 1, and not " + ratio);
        }
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("the interval of sending spans is above zero, and not " + interval);
        }
        endpoint.filter(uri -> !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) || uri.getHost() == null).ifPresent(uri -> {
            throw new IllegalArgumentException("the collector is an address such as http://collector.example.org:4318, and not " + uri);
        });
    }
}
