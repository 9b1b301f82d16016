package org.postel.launcher.platform;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The five services, in the order a mail does not care about and {@code status} prints. */
public enum ServiceName {
    /** Stores mail; the only one that talks to Cassandra. */
    MAILBOX_SERVICE("mailbox-service", "postel.mailbox.", 768, Port.MAILBOX_HEALTH, List.of(Port.GRPC, Port.WEB)),
    /** Takes mail: 5,000 clients and 500 messages of 25 MB at once were tried with less. */
    SMTP_GATEWAY("smtp-gateway", "postel.smtp.", 512, Port.SMTP_HEALTH, List.of(Port.SMTP, Port.SUBMISSION, Port.SUBMISSIONS)),
    /** Delivers, relays, bounces. */
    DELIVERY_WORKER("delivery-worker", "postel.delivery.", 256, Port.WORKER_HEALTH, List.of()),
    /** Serves mail; most of its heap is what 10,000 and more idle clients hold. */
    IMAP_GATEWAY("imap-gateway", "postel.imap.", 768, Port.IMAP_HEALTH, List.of(Port.IMAP, Port.IMAPS)),
    /** Serves mail to those who take it away. */
    POP3_GATEWAY("pop3-gateway", "postel.pop3.", 192, Port.POP3_HEALTH, List.of(Port.POP3, Port.POP3S));

    private final String folder;
    private final String prefix;
    private final int heapMebibytes;
    private final Port health;
    private final List<Port> serving;

    ServiceName(String folder, String prefix, int heapMebibytes, Port health, List<Port> serving) {
        this.folder = folder;
        this.prefix = prefix;
        this.heapMebibytes = heapMebibytes;
        this.health = health;
        this.serving = serving;
    }

    /** Its folder in the repository, and its name everywhere else. */
    public String folder() {
        return folder;
    }

    /**
     * Whether a property is for this service. A service refuses properties of Postel it does not know, so it is not told what
     * belongs to another.
     */
    boolean understands(String property) {
        return property.startsWith(prefix)
                || Stream.of(values()).noneMatch(other -> property.startsWith(other.prefix))
                && (isGateway() || !property.startsWith("postel.tls."));
    }

    /**
     * Options of its JVM for the heap it gets on one machine. What idle clients hold stays, so beside it a fifth is room enough:
     * left to itself the JVM would keep 2.3 times as much free, and let the young generation grow with the old one.
     */
    List<String> heapOptions() {
        List<String> size = List.of("-Xms32m", "-Xmx" + heapMebibytes + "m");
        List<String> idle = List.of("-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-XX:MaxNewSize=64m");
        return this == IMAP_GATEWAY ? Stream.concat(size.stream(), idle.stream()).toList() : size;
    }

    /** Where it tells its health and metrics. */
    public Port health() {
        return health;
    }

    /** Where its clients connect. */
    public List<Port> serving() {
        return serving;
    }

    /** All of them, health last. */
    public List<Port> ports() {
        return Stream.concat(serving.stream(), Stream.of(health)).toList();
    }

    private boolean isGateway() {
        return folder.endsWith("-gateway");
    }

    /** The one of that name. */
    public static Optional<ServiceName> of(String folder) {
        return Stream.of(values()).filter(service -> service.folder.equals(folder)).findFirst();
    }
}
