package org.postel.launcher.platform;

/** Every port of the local run, with the number it has when nobody says otherwise. */
public enum Port {
    /** Mail from other servers. */
    SMTP(2525, "SMTP"),
    /** Mail from users, STARTTLS (RFC 6409). */
    SUBMISSION(2587, "submission"),
    /** Mail from users, TLS (RFC 8314 §3.3). */
    SUBMISSIONS(2465, "submission over TLS"),
    /** IMAP with STARTTLS. */
    IMAP(2143, "IMAP"),
    /** IMAP over TLS. */
    IMAPS(2993, "IMAP over TLS"),
    /** POP3 with STLS. */
    POP3(2110, "POP3"),
    /** POP3 over TLS. */
    POP3S(2995, "POP3 over TLS"),
    /** Admin API, account pages, autoconfiguration. */
    WEB(8080, "web"),
    /** The gateways' and the worker's way to mailbox-service. */
    GRPC(9090, "mailbox-service gRPC"),
    /** Health and metrics of smtp-gateway. */
    SMTP_HEALTH(9081, "smtp-gateway health"),
    /** Health and metrics of imap-gateway. */
    IMAP_HEALTH(9082, "imap-gateway health"),
    /** Health and metrics of pop3-gateway. */
    POP3_HEALTH(9083, "pop3-gateway health"),
    /** Health and metrics of delivery-worker. */
    WORKER_HEALTH(9084, "delivery-worker health"),
    /** Health and metrics of mailbox-service. */
    MAILBOX_HEALTH(9085, "mailbox-service health"),
    /** Kafka's clients. */
    KAFKA(9092, "Kafka"),
    /** Kafka's controller. */
    KAFKA_CONTROLLER(9093, "Kafka controller"),
    /** Cassandra's clients. */
    CASSANDRA(9042, "Cassandra"),
    /** Cassandra among its nodes. */
    CASSANDRA_STORAGE(7000, "Cassandra storage");

    private final int usual;
    private final String label;

    Port(int usual, String label) {
        this.usual = usual;
        this.label = label;
    }

    /** The number in the command contract. */
    public int usual() {
        return usual;
    }

    /** For messages. */
    public String label() {
        return label;
    }
}
