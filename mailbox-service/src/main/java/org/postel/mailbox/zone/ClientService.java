package org.postel.mailbox.zone;

import java.util.List;

/** What mail programs connect to, the best first: TLS from the first octet before STARTTLS (RFC 8314 §3.3), IMAP before POP3. */
public enum ClientService {
    SUBMISSIONS(Protocol.SMTP, "_submissions", 0, 465, true),
    SUBMISSION(Protocol.SMTP, "_submission", 10, 587, false),
    IMAPS(Protocol.IMAP, "_imaps", 0, 993, true),
    IMAP(Protocol.IMAP, "_imap", 10, 143, false),
    POP3S(Protocol.POP3, "_pop3s", 20, 995, true),
    POP3(Protocol.POP3, "_pop3", 30, 110, false);

    /** What is spoken there. */
    public enum Protocol { IMAP, POP3, SMTP }

    private final Protocol protocol;
    private final String label;
    private final int priority;
    private final int port;
    private final boolean tls;

    ClientService(Protocol protocol, String label, int priority, int port, boolean tls) {
        this.protocol = protocol;
        this.label = label;
        this.priority = priority;
        this.port = port;
        this.tls = tls;
    }

    /** Those of a protocol, the best first. */
    public static List<ClientService> of(Protocol protocol) {
        return List.of(values()).stream().filter(service -> service.protocol == protocol).toList();
    }

    /** What is spoken there. */
    public Protocol protocol() {
        return protocol;
    }

    /** The standard one. */
    public int port() {
        return port;
    }

    /** Whether TLS comes first; else STARTTLS does. */
    public boolean tls() {
        return tls;
    }

    /** Its SRV record at a domain: RFC 6186 §3.4, where the lower priority is used sooner. */
    ZoneRecord record(String domain, String host) {
        return new ZoneRecord(label + "._tcp." + domain, "SRV", priority + " 1 " + port + " " + host + ".");
    }
}
