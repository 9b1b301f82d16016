package org.postel.mailbox.rpc;

import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.SessionProtocol;

/** What opened a POP3 session, as it stands beside a lease: {@code password 3} or {@code app ID}. */
final class SessionGround {

    private static final String PASSWORD = "password ";
    private static final String APP = "app ";

    private SessionGround() {}

    static String of(AccountSession session) {
        return session.appPassword().map(id -> APP + id).orElseGet(() -> PASSWORD + session.credentialVersion());
    }

    /** A session of this ground; empty when it is of a form that a later release writes. */
    static Optional<AccountSession> session(UUID account, String ground) {
        if (ground.startsWith(APP)) {
            return Optional.of(new AccountSession(account, SessionProtocol.POP3, 0, Optional.of(ground.substring(APP.length()))));
        }
        try {
            return ground.startsWith(PASSWORD)
                    ? Optional.of(new AccountSession(account, SessionProtocol.POP3, Integer.parseInt(ground.substring(PASSWORD.length())))) : Optional.empty();
        } catch (NumberFormatException unknown) {
            return Optional.empty();
        }
    }
}
