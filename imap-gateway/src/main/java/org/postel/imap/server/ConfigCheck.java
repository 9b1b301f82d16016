package org.postel.imap.server;

import java.util.List;
import org.postel.wire.Ports;

/** Says at start what would go wrong later, and silently. */
final class ConfigCheck {

    private ConfigCheck() {
    }

    /** @throws IllegalArgumentException naming the properties that do not go together */
    static void check(ImapConfig config) {
        new Ports().and("postel.imap.imap-port", config.imapPort()).and("postel.imap.imaps-port", config.imapsPort())
                .and("postel.imap.proxy.imap-port", config.proxy().imapPort()).and("postel.imap.proxy.imaps-port", config.proxy().imapsPort());
    }

    /** What an operator may not have meant, though it goes. */
    static List<String> warnings(ImapConfig config) {
        return config.messageLimit().isEmpty() ? List.of() : List.of("postel.imap.message-limit is set:"
                + " clients that do not know RFC 9738 take all but the newest messages of a larger mailbox for expunged");
    }
}
