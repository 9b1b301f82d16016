package org.postel.endtoend;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A collector of spans: OTLP over HTTP, in protobuf. Of its messages it reads the few fields that it needs, by their numbers. */
final class Collector {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private static final Duration ITS_PARENT = Duration.ofSeconds(30);

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /** A span as the collector was told of it; of attributes those that are text. */
    record Span(String service, String trace, String id, String parent, String name, Map<String, String> attributes) {}

    private Collector(HttpServer server) {
        this.server = server;
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** On a free port. */
    static Collector open() {
        try {
            return new Collector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Waits for a span. */
    Span await(Duration longest, Predicate<Span> wanted) {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            var found = spans.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the span did not come; there are " + spans);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** What it was told of one trace so far. */
    List<Span> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    /** Who is above it, the nearest first, as {@code service: name}; all of them must be here. */
    List<String> above(Span span) {
        List<String> names = new ArrayList<>();
        for (Span at = span; !at.parent().isEmpty(); names.add(at.service() + ": " + at.name())) {
            at = parent(at);
        }
        return names;
    }

    private Span parent(Span of) {
        return await(ITS_PARENT, one -> one.trace().equals(of.trace()) && one.id().equals(of.parent()));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            request(UnknownFieldSet.parseFrom(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void request(UnknownFieldSet request) throws IOException {
        for (UnknownFieldSet ofResource : messages(request, 1)) {
            String service = attributes(messages(ofResource, 1).getFirst(), 1).get("service.name");
            for (UnknownFieldSet ofScope : messages(ofResource, 2)) {
                for (UnknownFieldSet span : messages(ofScope, 2)) {
                    spans.add(new Span(service, hex(span, 1), hex(span, 2), hex(span, 4), text(span, 5), attributes(span, 9)));
                }
            }
        }
    }

    private static Map<String, String> attributes(UnknownFieldSet of, int field) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (UnknownFieldSet pair : messages(of, field)) {
            values.put(text(pair, 1), text(messages(pair, 2).getFirst(), 1));
        }
        return values;
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet of, int field) throws IOException {
        List<UnknownFieldSet> messages = new ArrayList<>();
        for (ByteString octets : of.getField(field).getLengthDelimitedList()) {
            messages.add(UnknownFieldSet.parseFrom(octets));
        }
        return messages;
    }

    private static ByteString octets(UnknownFieldSet of, int field) {
        List<ByteString> found = of.getField(field).getLengthDelimitedList();
        return found.isEmpty() ? ByteString.EMPTY : found.getFirst();
    }

    private static String hex(UnknownFieldSet of, int field) {
        return HexFormat.of().formatHex(octets(of, field).toByteArray());
    }

    private static String text(UnknownFieldSet of, int field) {
        return octets(of, field).toStringUtf8();
    }
}
