package org.postel.endtoend;

import java.io.IOException;
import java.util.Set;

import org.postel.launcher.platform.Port;

/**
 * One way to log in.
 *
 * @param port      where
 * @param mechanism how: a name of SASL (RFC 4422)
 */
record LoginWay(Port port, String mechanism) {

    private static final Set<String> BEARER = Set.of("OAUTHBEARER", "XOAUTH2");

    /** Whether the secret is an access token instead of a password. */
    boolean bearer() {
        return BEARER.contains(mechanism);
    }

    /** How often somebody who took it was let in ({@code success}) or not ({@code failure}), as the gateway counts. */
    int counted(RunningPlatform platform, String result) throws IOException {
        return Metrics.sum(platform.port(health()), "mail_auth_attempts_total{mechanism=\"%s\",protocol=\"%s\",result=\"%s\"".formatted(mechanism, protocol(), result));
    }

    private Port health() {
        return switch (port) {
            case SUBMISSION, SUBMISSIONS -> Port.SMTP_HEALTH;
            case IMAP, IMAPS -> Port.IMAP_HEALTH;
            case POP3, POP3S -> Port.POP3_HEALTH;
            default -> throw new IllegalArgumentException("Nobody logs in at " + port);
        };
    }

    private String protocol() {
        return switch (health()) {
            case IMAP_HEALTH -> "imap";
            case POP3_HEALTH -> "pop3";
            default -> "submission";
        };
    }

    @Override
    public String toString() {
        return mechanism + " at " + port;
    }
}
