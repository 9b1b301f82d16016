package org.postel.smtp.command;

import java.util.Optional;
import org.postel.smtp.syntax.Reply;

/** Says which strangers may bring mail at all. May block the session's thread. */
@FunctionalInterface
public interface ClientRules {

    /** Anybody may. */
    ClientRules ANYBODY = peer -> Optional.empty();

    /** Why not, or empty when it may. */
    Optional<Reply> refusal(Peer peer);

    /** Both: the others are asked about whom these let pass. */
    default ClientRules and(ClientRules others) {
        return peer -> refusal(peer).or(() -> others.refusal(peer));
    }
}
