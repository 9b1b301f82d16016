package org.postel.trust.spf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.FakeDns;
import org.yaml.snakeyaml.Yaml;

/**
 * Reads the openspf.org test suite for RFC 7208, release 2014.04, as it stands in the source of pyspf 2.0.14
 * (github.com/sdgathman/pyspf, test/rfc7208-tests.yml; licence beside it).
 */
final class PublishedSuite {

    /** One test: what is asked in which zone, and what may be answered. */
    record Case(String scenario, String name, SpfQuery query, List<String> results, Dns dns) {
        @Override
        public String toString() {
            return scenario + ": " + name;
        }
    }

    private PublishedSuite() {
    }

    static Stream<Case> cases() {
        try (InputStream file = PublishedSuite.class.getResourceAsStream("rfc7208-tests.yml")) {
            List<Case> cases = new ArrayList<>();
            new Yaml().loadAll(file).forEach(document -> scenario(asMap(document), cases));
            return cases.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void scenario(Map<String, Object> document, List<Case> cases) {
        String description = (String) document.get("description");
        Dns dns = zone(asMap(document.get("zonedata")));
        asMap(document.get("tests")).forEach((name, test) -> cases.add(test(description, name, asMap(test), dns)));
    }

    private static Case test(String scenario, String name, Map<String, Object> test, Dns dns) {
        InetAddress client = InetAddress.ofLiteral((String) test.get("host"));
        String helo = String.valueOf(test.get("helo"));
        String sender = (String) test.get("mailfrom");
        int at = sender.lastIndexOf('@');
        SpfQuery query = sender.isEmpty() ? SpfQuery.ofHelo(client, helo)
            : SpfQuery.ofSender(client, helo, at < 0 ? "" : sender.substring(0, at), sender.substring(at + 1));
        Object result = test.get("result");
        List<String> results = result instanceof List<?> several ? several.stream().map(String::valueOf).toList() : List.of((String) result);
        return new Case(scenario, name, query, results, dns);
    }

    // As the suite's own driver does: an SPF record is a TXT record too, unless there is one, if only "NONE"; a time-out is for
    // each type without a record.
    private static Dns zone(Map<String, Object> zone) {
        FakeDns dns = new FakeDns();
        zone.forEach((name, records) -> {
            List<Map.Entry<String, Object>> entries = entries((List<?>) records);
            boolean texts = entries.stream().anyMatch(entry -> entry.getKey().equals("TXT"));
            for (Map.Entry<String, Object> entry : entries) {
                String type = entry.getKey().equals("SPF") && !texts ? "TXT" : entry.getKey();
                if (!entry.getValue().equals("NONE")) {
                    dns.with(name, type, value(entry.getValue()));
                }
            }
            boolean silent = entries.stream().anyMatch(entry -> entry.getKey().equals("TIMEOUT"));
            Stream.of("A", "AAAA", "TXT", "MX", "PTR")
                .filter(type -> silent && entries.stream().noneMatch(entry -> entry.getKey().equals(type) && !entry.getValue().equals("NONE")))
                .forEach(type -> dns.silent(name.toLowerCase(Locale.ROOT), type));
        });
        return dns;
    }

    private static List<Map.Entry<String, Object>> entries(List<?> records) {
        List<Map.Entry<String, Object>> entries = new ArrayList<>();
        for (Object record : records) {
            if (record instanceof Map<?, ?> map) {
                map.forEach((type, value) -> entries.add(Map.entry((String) type, value)));
            } else {
                entries.add(Map.entry((String) record, true));
            }
        }
        return entries;
    }

    // Of an MX the host; of a text its strings joined.
    private static String value(Object value) {
        if (value instanceof List<?> parts) {
            boolean exchanger = parts.size() == 2 && parts.getFirst() instanceof Integer;
            return exchanger ? (String) parts.getLast() : String.join("", parts.stream().map(String::valueOf).toList());
        }
        return String.valueOf(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }
}
