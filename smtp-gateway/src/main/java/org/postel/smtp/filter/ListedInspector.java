package org.postel.smtp.filter;

import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.ContentBudget;
import org.postel.smtp.command.Inspection;
import org.postel.smtp.command.Inspector;
import org.postel.smtp.command.Peer;
import org.postel.smtp.command.Strangers;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.ContentSink;

/**
 * Tells in each stranger's mail which blocklists its client is on.
 *
 * @param next   looks at the mail before
 * @param junkAt the weight from which on it goes to Junk
 */
public record ListedInspector(Inspector next, Strangers strangers, Blocklists lists, int junkAt) implements Inspector {

    /** The field that tells it. */
    public static final String FIELD = "X-Blocklisted";

    @Override
    public Inspection open(Addressing envelope, Peer peer, ContentSink out, ContentBudget budget) {
        Inspection before = next.open(envelope, peer, out, budget);
        return strangers.include(envelope, peer) ? new Told(before, peer) : before;
    }

    private final class Told extends Passing {

        private final Peer peer;

        private Told(Inspection before, Peer peer) {
            super(before);
            this.peer = peer;
        }

        @Override
        public Assessment assess() {
            Assessment found = super.assess();
            Listing listing = found.refusal().isPresent() ? Listing.NONE : lists.of(peer.address());
            return listing.zones().isEmpty() ? found
                : found.and(FIELD + ": " + peer.address().getHostAddress() + " by\r\n\t" + String.join(",\r\n\t", listing.zones()) + "\r\n",
                    listing.weight() >= junkAt);
        }
    }
}
