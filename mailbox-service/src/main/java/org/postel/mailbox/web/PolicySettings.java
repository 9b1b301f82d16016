package org.postel.mailbox.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;

/**
 * Our MTA-STS policy: RFC 8461 §3.2.
 *
 * @param mode   how serious it is
 * @param mx     names of our mail servers, perhaps with a star for the leftmost label; at least one
 * @param maxAge how long other servers remember it
 */
public record PolicySettings(PolicyMode mode, List<String> mx, Duration maxAge) {

    /** Two digits each. */
    private static final int ID_OCTETS = 16;
    private static final Duration LONGEST = Duration.ofSeconds(31_557_600);

    public PolicySettings {
        mx = List.copyOf(mx);
        if (mx.isEmpty()) {
            throw new IllegalArgumentException("an MTA-STS policy names a mail server");
        }
        mx.forEach(PolicySettings::check);
        if (maxAge.isNegative() || maxAge.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("an MTA-STS policy counts for a year at most, and not " + maxAge);
        }
    }

    /** Those of the hosts that it does not name (RFC 8461 §4.1): mail to them would wait once it is enforced. */
    public List<String> unnamed(List<String> hosts) {
        return hosts.stream().filter(host -> mx.stream().noneMatch(name -> names(name, host))).toList();
    }

    /** A star stands for the leftmost label, and for one only. */
    private static boolean names(String pattern, String host) {
        String labels = pattern.startsWith("*.") ? host.substring(host.indexOf('.') + 1) : host;
        return labels.equalsIgnoreCase(pattern.startsWith("*.") ? pattern.substring(2) : pattern);
    }

    /** As it is served. */
    String text() {
        StringBuilder text = new StringBuilder("version: STSv1\r\nmode: ").append(mode.name().toLowerCase(Locale.ROOT)).append("\r\n");
        mx.forEach(name -> text.append("mx: ").append(name).append("\r\n"));
        return text.append("max_age: ").append(maxAge.toSeconds()).append("\r\n").toString();
    }

    /**
     * Names this policy in DNS: RFC 8461 §3.1, 1 to 32 letters and digits. Made of the text that is served, so it is the same on each instance and another
     * after each change.
     */
    public String id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void check(String name) {
        try {
            Domain.parse(name.startsWith("*.") ? name.substring(2) : name);
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException("not the name of a mail server: " + name, e);
        }
    }
}
