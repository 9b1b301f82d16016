package org.postel.smtp.filter;

import java.util.Optional;
import org.postel.smtp.command.ClientRules;
import org.postel.smtp.command.Peer;
import org.postel.smtp.syntax.Reply;

/**
 * Refuses clients that are on blocklists.
 *
 * @param rejectAt the weight from which on
 */
public record ListedClients(Blocklists lists, int rejectAt) implements ClientRules {

    @Override
    public Optional<Reply> refusal(Peer peer) {
        Listing listing = lists.of(peer.address());
        // RFC 5782 has no reply; Postfix, Exim and others say 55x 5.7.1, with the list for whoever looks for the reason.
        return listing.zones().isEmpty() || listing.weight() < rejectAt ? Optional.empty() : Optional.of(Reply.of(550, "5.7.1",
            "Your address " + peer.address().getHostAddress() + " is listed by " + String.join(", ", listing.zones())));
    }
}
