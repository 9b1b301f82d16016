package org.postel.mailbox.zone;

import java.util.List;

/**
 * What is published for each domain; {@code {domain}} in a text stands for its name.
 *
 * @param host        what this platform calls itself in EHLO
 * @param exchangers  hosts that take its mail, the most preferred first
 * @param clientHost  where mail programs connect
 * @param spf         RFC 7208
 * @param dmarc       RFC 9989
 * @param tlsReports  RFC 8460
 */
public record ZoneSettings(String host, List<String> exchangers, String clientHost, String spf, String dmarc, String tlsReports) {

    public ZoneSettings {
        exchangers = List.copyOf(exchangers);
        begins(spf, "v=spf1", "spf");
        begins(dmarc, "v=DMARC1;", "dmarc");
        begins(tlsReports, "v=TLSRPTv1;", "tls-reports");
        if (exchangers.isEmpty()) {
            throw new IllegalArgumentException("postel.mailbox.dns.exchangers names one host at least");
        }
    }

    private static void begins(String text, String with, String property) {
        if (!text.startsWith(with)) {
            throw new IllegalArgumentException("postel.mailbox.dns." + property + " begins with " + with);
        }
    }
}
