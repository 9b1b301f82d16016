package org.postel.trust.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.ReverseMap;

/** Zones in memory. Counts what it is asked. */
public final class FakeDns implements Dns {

    private final Map<String, List<String>> records = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private int asked;

    /** Adds a record, such as {@code with("example.test", "A", "192.0.2.1")}; an MX without its preference. */
    public FakeDns with(String name, String type, String value) {
        records.computeIfAbsent(key(name, type), ignored -> new ArrayList<>()).add(value);
        return this;
    }

    /** Lets a question go unanswered. */
    public FakeDns silent(String name, String type) {
        silent.add(key(name, type));
        return this;
    }

    /** How many questions came. */
    public int asked() {
        return asked;
    }

    private static String key(String name, String type) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "") + " " + type;
    }

    private List<String> ask(String name, String type) throws DnsTroubleException {
        asked++;
        String current = name;
        for (int links = 0; records.containsKey(key(current, "CNAME")); links++) {
            if (links > 8) {
                throw new DnsTroubleException("aliases in a circle");
            }
            current = records.get(key(current, "CNAME")).getFirst();
        }
        if (silent.contains(key(current, type))) {
            throw new DnsTroubleException("silence");
        }
        return records.getOrDefault(key(current, type), List.of());
    }

    @Override
    public List<InetAddress> addresses(String host, Family family) throws DnsTroubleException {
        return ask(host, family == Family.IP4 ? "A" : "AAAA").stream().map(InetAddress::ofLiteral).toList();
    }

    @Override
    public List<String> texts(String name) throws DnsTroubleException {
        return ask(name, "TXT");
    }

    @Override
    public List<String> exchangers(String domain) throws DnsTroubleException {
        return ask(domain, "MX");
    }

    @Override
    public List<String> names(InetAddress address) throws DnsTroubleException {
        return ask(ReverseMap.fromAddress(address).toString(), "PTR");
    }
}
