package org.postel.launcher.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.postel.launcher.identity.Tokens;

/** What the services are told on one machine: addresses, keys and replication factors, nothing else. */
final class Settings {

    private static final String LOOPBACK = "127.0.0.1";

    private final DataFolder folder;
    private final String stores;
    private final Map<String, String> operator;

    /**
     * With the operator's own properties, which win.
     *
     * @param stores the processes of mailbox-service, which the others choose from
     */
    Settings(DataFolder folder, List<Ports> stores, Map<String, String> operator) {
        this.folder = folder;
        this.stores = stores.stream().map(ports -> LOOPBACK + ":" + ports.number(Port.GRPC)).collect(Collectors.joining(","));
        this.operator = Map.copyOf(operator);
    }

    Map<String, String> of(ServiceName service, Ports ports) {
        Map<String, String> settings = new LinkedHashMap<>();
        // The operator's file is one for all services: what is shared by some is unknown to others.
        settings.put("smallrye.config.mapping.validate-unknown", "false");
        switch (service) {
            case MAILBOX_SERVICE -> mailboxService(settings, ports);
            case SMTP_GATEWAY -> smtpGateway(settings, ports);
            case IMAP_GATEWAY -> imapGateway(settings, ports);
            case POP3_GATEWAY -> pop3Gateway(settings, ports);
            case DELIVERY_WORKER -> {
                health(settings, service, ports);
                mailboxClient(settings, service);
                queue(settings, ports);
            }
        }
        operator.forEach((name, value) -> {
            if (service.understands(name)) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    private void mailboxService(Map<String, String> settings, Ports ports) {
        settings.put("quarkus.http.host", LOOPBACK);
        settings.put("quarkus.http.port", number(ports, Port.WEB));
        health(settings, ServiceName.MAILBOX_SERVICE, ports);
        settings.put("postel.mailbox.grpc.port", number(ports, Port.GRPC));
        settings.put("postel.mailbox.cassandra.contact-points", LOOPBACK + ":" + ports.number(Port.CASSANDRA));
        settings.put("postel.mailbox.identity.jwks", folder.keys().resolve("jwks.json").toString());
        settings.put("postel.mailbox.identity.issuer", Tokens.ISSUER);
        settings.put("postel.mailbox.web.secure", "false");
        settings.put("postel.mailbox.profile.certificate", folder.tls().resolve("cert.pem").toString());
        settings.put("postel.mailbox.profile.key", folder.tls().resolve("key.pem").toString());
        queue(settings, ports);
    }

    private void smtpGateway(Map<String, String> settings, Ports ports) {
        gateway(settings, ServiceName.SMTP_GATEWAY, ports);
        queue(settings, ports);
        settings.put("postel.smtp.host", LOOPBACK);
        settings.put("postel.smtp.mx-port", number(ports, Port.SMTP));
        settings.put("postel.smtp.submission-port", number(ports, Port.SUBMISSION));
        settings.put("postel.smtp.submissions-port", number(ports, Port.SUBMISSIONS));
        settings.put("postel.smtp.auth-on-loopback-in-clear", "true");
    }

    private void imapGateway(Map<String, String> settings, Ports ports) {
        gateway(settings, ServiceName.IMAP_GATEWAY, ports);
        queue(settings, ports);
        settings.put("postel.imap.imap-port", number(ports, Port.IMAP));
        settings.put("postel.imap.imaps-port", number(ports, Port.IMAPS));
        settings.put("postel.imap.auth-on-loopback-in-clear", "true");
    }

    private void pop3Gateway(Map<String, String> settings, Ports ports) {
        gateway(settings, ServiceName.POP3_GATEWAY, ports);
        settings.put("postel.pop3.port", number(ports, Port.POP3));
        settings.put("postel.pop3.tls-port", number(ports, Port.POP3S));
        settings.put("postel.pop3.auth-on-loopback-in-clear", "true");
    }

    private void gateway(Map<String, String> settings, ServiceName service, Ports ports) {
        health(settings, service, ports);
        mailboxClient(settings, service);
        settings.put("postel.tls.certificate", folder.tls().resolve("cert.pem").toString());
        settings.put("postel.tls.key", folder.tls().resolve("key.pem").toString());
    }

    private static void health(Map<String, String> settings, ServiceName service, Ports ports) {
        settings.put("quarkus.management.host", LOOPBACK);
        settings.put("quarkus.management.port", number(ports, service.health()));
    }

    private void mailboxClient(Map<String, String> settings, ServiceName service) {
        settings.put("postel.mailbox-client.addresses", stores);
        settings.put("postel.mailbox-client.service-token-file", folder.token(service.folder()).toString());
    }

    private static void queue(Map<String, String> settings, Ports ports) {
        settings.put("postel.queue.bootstrap-servers", LOOPBACK + ":" + ports.number(Port.KAFKA));
    }

    private static String number(Ports ports, Port port) {
        return String.valueOf(ports.number(port));
    }
}
