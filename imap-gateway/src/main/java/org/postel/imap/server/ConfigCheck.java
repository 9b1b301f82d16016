package org.postel.imap.server;

import java.util.ArrayList;
import java.util.List;
import org.postel.wire.Ports;

/** Says at start what would go wrong later, and silently. */
final class ConfigCheck {

    /** RFC 9738: a limit is not to be below. */
    private static final int FEWEST_MESSAGES = 1000;

    private ConfigCheck() {
    }

    /** @throws IllegalArgumentException naming the properties that make no sense, or do not go together */
    static void check(ImapConfig config) {
        new Ports().and("postel.imap.imap-port", config.imapPort()).and("postel.imap.imaps-port", config.imapsPort())
                .and("postel.imap.proxy.imap-port", config.proxy().imapPort()).and("postel.imap.proxy.imaps-port", config.proxy().imapsPort());
        config.messageLimit().ifPresent(ConfigCheck::messageLimit);
        try {
            config.clientLimits();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("postel.imap: " + e.getMessage(), e);
        }
    }

    private static void messageLimit(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("postel.imap.message-limit is not at least 1: " + most);
        }
    }

    /** What an operator may not have meant, though it goes. */
    static List<String> warnings(ImapConfig config) {
        List<String> warnings = new ArrayList<>();
        config.messageLimit().ifPresent(most -> {
            warnings.add("postel.imap.message-limit is set: clients that do not know RFC 9738 take all but the newest messages of a larger "
                    + "mailbox for expunged");
            if (most < FEWEST_MESSAGES) {
                warnings.add("postel.imap.message-limit is below " + FEWEST_MESSAGES + ", which RFC 9738 wants at least: " + most);
            }
        });
        return List.copyOf(warnings);
    }
}
