package org.postel.mailbox.zone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.postel.mailbox.zone.Finding.State;

/** Compares what is to be published with what DNS says. */
public final class ZoneCheck {

    private final LiveDns dns;

    public ZoneCheck(LiveDns dns) {
        this.dns = dns;
    }

    /** A finding for each record in its order, and one for each exchanger that nobody wants. Takes a while when DNS is slow. */
    public List<Finding> check(List<ZoneRecord> records) {
        List<Finding> findings = new ArrayList<>(together(records));
        records.stream().filter(record -> record.type().equals("MX")).findFirst().ifPresent(first -> findings.addAll(strayExchangers(first.name(), records)));
        return findings;
    }

    /** All are asked at once: where DNS is silent, each question takes its whole time. */
    private List<Finding> together(List<ZoneRecord> records) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return records.stream().map(record -> CompletableFuture.supplyAsync(() -> check(record), threads)).toList().stream()
                    .map(CompletableFuture::join).toList();
        }
    }

    /** Whether a name has a text; false also when DNS does not answer. */
    public boolean hasText(String name, String text) {
        return check(ZoneRecord.text(name, text)).state() == State.OK;
    }

    private Finding check(ZoneRecord record) {
        try {
            return switch (record.type()) {
                case "TXT" -> text(record);
                case "CNAME" -> alias(record);
                // Whoever wants another preference or weight may have it, as long as it is the same host and port.
                case "MX" -> any(record, found -> tail(found, 1).equals(tail(record.value(), 1)));
                case "SRV" -> any(record, found -> tail(found, 2).equals(tail(record.value(), 2)));
                default -> throw new IllegalArgumentException("not published: " + record.type());
            };
        } catch (IOException e) {
            return new Finding(record, State.NO_ANSWER, List.of(String.valueOf(e.getMessage())));
        }
    }

    private Finding any(ZoneRecord record, Predicate<String> same) throws IOException {
        List<String> found = dns.values(record.name(), record.type());
        return finding(record, found.stream().anyMatch(same), found);
    }

    /** At the name of a domain stand texts of many kinds; only those of the same kind are in each other's way. */
    private Finding text(ZoneRecord record) throws IOException {
        String kind = kind(record.value());
        List<String> found = dns.values(record.name(), "TXT").stream()
                .filter(text -> record.name().contains("._domainkey.") || kind(text).equals(kind)).toList();
        // RFC 7208 §4.5, RFC 9989 §4.10: two records of a kind are as good as none.
        return finding(record, found.size() == 1 && normal(found.getFirst()).equals(normal(record.value())), found);
    }

    /** The same addresses, without an alias, do as well. */
    private Finding alias(ZoneRecord record) throws IOException {
        Finding finding = any(record, found -> found.equals(record.value()));
        String target = record.value().substring(0, record.value().length() - 1);
        return finding.state() == State.OK || !sameAddresses(record.name(), target) ? finding : new Finding(record, State.OK, List.of());
    }

    private boolean sameAddresses(String one, String other) throws IOException {
        List<String> addresses = addresses(one);
        return !addresses.isEmpty() && addresses.equals(addresses(other));
    }

    private List<String> addresses(String name) throws IOException {
        List<String> addresses = new ArrayList<>(dns.values(name, "A"));
        addresses.addAll(dns.values(name, "AAAA"));
        return addresses.stream().sorted().toList();
    }

    private List<Finding> strayExchangers(String domain, List<ZoneRecord> records) {
        try {
            List<String> wanted = records.stream().filter(record -> record.type().equals("MX")).map(record -> tail(record.value(), 1)).toList();
            return dns.values(domain, "MX").stream().filter(found -> !wanted.contains(tail(found, 1)))
                    .map(found -> new Finding(new ZoneRecord(domain, "MX", found), State.UNEXPECTED, List.of())).toList();
        } catch (IOException e) {
            // Said already of the records that are wanted.
            return List.of();
        }
    }

    private static Finding finding(ZoneRecord record, boolean same, List<String> found) {
        return same ? new Finding(record, State.OK, List.of())
                : new Finding(record, found.isEmpty() ? State.MISSING : State.DIFFERENT, found);
    }

    private static String kind(String text) {
        return text.split("[ ;]", 2)[0].toLowerCase(Locale.ROOT);
    }

    // Blanks mean nothing between tags, and in SPF one is as good as many.
    private static String normal(String text) {
        return kind(text).equals("v=spf1") ? text.toLowerCase(Locale.ROOT).strip().replaceAll(" +", " ") : text.replaceAll("[ \\t]|;$", "");
    }

    private static String tail(String value, int words) {
        String[] all = value.toLowerCase(Locale.ROOT).split(" ");
        return String.join(" ", List.of(all).subList(Math.max(0, all.length - words), all.length));
    }
}
