package org.postel.smtp.server;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.wire.Ports;

/** Says at start what would fail late, or never work. */
final class ConfigCheck {

    private static final int HIGHEST_PORT = 65_535;
    private static final int SMTP_PORT = 25;
    // RFC 5321 §4.5.3.1.8
    private static final int FEWEST_RECIPIENTS = 100;
    // RFC 5321 §4.5.3.1.4, and what RCPT may have for DSN: RFC 3461 §4.1 and §4.2.
    private static final int SHORTEST_LINE = 510 + " NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=".length() + 500;
    private static final long KIB = 1024;
    // What fits into a queue record of 1 MiB with a thousand recipients.
    private static final long LARGEST_INLINE = 512 * KIB;
    private static final long LEAST_BUDGET = 1024 * KIB;

    private ConfigCheck() {
    }

    /** @throws IllegalArgumentException naming the first property that makes no sense */
    static void check(SmtpConfig config) {
        range("mx-port", config.mxPort(), 0, HIGHEST_PORT);
        range("submission-port", config.submissionPort(), 0, HIGHEST_PORT);
        range("submissions-port", config.submissionsPort(), 0, HIGHEST_PORT);
        proxyPort("mx-port", config.proxy().mxPort(), config.proxy());
        proxyPort("submission-port", config.proxy().submissionPort(), config.proxy());
        proxyPort("submissions-port", config.proxy().submissionsPort(), config.proxy());
        lmtp(config.lmtp());
        ports(config);
        range("max-recipients", config.maxRecipients(), FEWEST_RECIPIENTS, Integer.MAX_VALUE);
        range("max-line", config.maxLine(), SHORTEST_LINE, Integer.MAX_VALUE);
        range("max-errors", config.maxErrors(), 1, Integer.MAX_VALUE);
        range("max-idle-commands", config.maxIdleCommands(), 1, Integer.MAX_VALUE);
        range("max-auth-failures", config.maxAuthFailures(), 1, Integer.MAX_VALUE);
        range("max-hops", config.maxHops(), 1, Integer.MAX_VALUE);
        range("max-connections", config.maxConnections(), 1, Integer.MAX_VALUE);
        range("max-connections-per-address", config.maxConnectionsPerAddress(), 1, Integer.MAX_VALUE);
        range("rate.connections", config.rate().connections(), 0, Integer.MAX_VALUE);
        range("rate.recipients", config.rate().recipients(), 0, Integer.MAX_VALUE);
        atLeast("rate.interval", config.rate().interval(), Duration.ofMillis(100));
        range("min-data-rate", config.minDataRate(), 0, Long.MAX_VALUE);
        sizes(config);
        durations(config);
        config.postmaster().ifPresent(ConfigCheck::postmaster);
    }

    /** The configured postmaster, which was checked. */
    static Optional<Mailbox> postmaster(SmtpConfig config) {
        return config.postmaster().map(ConfigCheck::postmaster);
    }

    private static void sizes(SmtpConfig config) {
        range("inline-limit", config.inlineLimit().asLongValue(), KIB, LARGEST_INLINE);
        range("max-header-size", config.maxHeaderSize().asLongValue(), KIB, Integer.MAX_VALUE);
        range("max-message-size", config.maxMessageSize().asLongValue(), config.maxHeaderSize().asLongValue(), Long.MAX_VALUE);
        range("content-budget", config.contentBudget().asLongValue(), LEAST_BUDGET, Integer.MAX_VALUE);
    }

    private static void durations(SmtpConfig config) {
        atLeast("command-timeout", config.commandTimeout(), Duration.ofMillis(1));
        atLeast("data-timeout", config.dataTimeout(), Duration.ofMillis(1));
        atLeast("data-grace", config.dataGrace(), Duration.ZERO);
        atLeast("greeting-pause", config.greetingPause(), Duration.ZERO);
        atLeast("auth-delay", config.authDelay(), Duration.ZERO);
        atLeast("content-budget-timeout", config.contentBudgetTimeout(), Duration.ZERO);
        atLeast("queue-timeout", config.queueTimeout(), Duration.ofSeconds(1));
        atLeast("write-timeout", config.writeTimeout(), Duration.ofMillis(1));
        atLeast("handshake-timeout", config.handshakeTimeout(), Duration.ofMillis(1));
        atLeast("drain-timeout", config.drainTimeout(), Duration.ofMillis(1));
        atLeast("probe-interval", config.probeInterval(), Duration.ofMillis(1));
    }

    private static Mailbox postmaster(String address) {
        try {
            return Mailbox.parse(address);
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException("postel.smtp.postmaster is no address: " + e.getMessage(), e);
        }
    }

    private static void lmtp(SmtpConfig.Lmtp lmtp) {
        lmtp.port().ifPresent(number -> range("lmtp.port", number, 0, HIGHEST_PORT));
        // RFC 2033 §5
        if (lmtp.port().isPresent() && (lmtp.trusted().isEmpty() || lmtp.port().getAsInt() == SMTP_PORT)) {
            throw new IllegalArgumentException("postel.smtp.lmtp.port needs postel.smtp.lmtp.trusted, and must not be 25");
        }
    }

    private static void proxyPort(String name, OptionalInt port, SmtpConfig.Proxy proxy) {
        port.ifPresent(number -> range("proxy." + name, number, 0, HIGHEST_PORT));
        if (port.isPresent() && proxy.trusted().isEmpty()) {
            throw new IllegalArgumentException("postel.smtp.proxy." + name + " needs postel.smtp.proxy.trusted: whoever speaks the PROXY protocol can be anybody");
        }
    }

    private static void ports(SmtpConfig config) {
        new Ports().and("postel.smtp.mx-port", config.mxPort()).and("postel.smtp.submission-port", config.submissionPort())
            .and("postel.smtp.submissions-port", config.submissionsPort()).and("postel.smtp.proxy.mx-port", config.proxy().mxPort())
            .and("postel.smtp.proxy.submission-port", config.proxy().submissionPort())
            .and("postel.smtp.proxy.submissions-port", config.proxy().submissionsPort()).and("postel.smtp.lmtp.port", config.lmtp().port());
    }

    private static void range(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("postel.smtp." + name + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException("postel.smtp." + name + " must be at least " + least + ", not " + value);
        }
    }
}
