package org.postel.mailbox.seen;

import java.time.Instant;
import java.util.Optional;
import org.postel.mailbox.identity.SessionProtocol;

/**
 * A session that was used a moment ago.
 *
 * @param id          tells it from others
 * @param address     of the client that opened it
 * @param appPassword the id of the one that opened it, if it was one
 * @param opened      when its client logged in
 * @param used        when it was used last, as far as was noted: some minutes ago at most
 */
public record SeenSession(String id, SessionProtocol protocol, String address, Optional<String> appPassword, Instant opened, Instant used) {
}
