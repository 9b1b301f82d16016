package org.postel.smtp.filter;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import org.jboss.logging.Logger;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.Assessment.Voucher;
import org.postel.smtp.command.BackendUnavailableException;
import org.postel.smtp.command.ContentBudget;
import org.postel.smtp.command.Greylist;
import org.postel.smtp.command.Inspection;
import org.postel.smtp.command.Inspector;
import org.postel.smtp.command.Peer;
import org.postel.smtp.command.Strangers;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.ContentSink;
import org.postel.smtp.syntax.Reply;

/**
 * Asks strangers for whom nobody vouches to come again: RFC 6647. After the content, for only then it is known who vouches. When
 * the store is away all may come in.
 *
 * @param next  looks at the mail before
 * @param spare whoever has one of these vouchers need not come again
 */
public record Greylisting(Inspector next, Strangers strangers, Greylist greylist, Set<Voucher> spare) implements Inspector {

    private static final Logger LOG = Logger.getLogger(Greylisting.class);
    // Large senders come again from another machine, of the same network as a rule.
    private static final int IPV4_OCTETS = 3;
    private static final int IPV6_OCTETS = 8;

    @Override
    public Inspection open(Addressing envelope, Peer peer, ContentSink out, ContentBudget budget) {
        Inspection before = next.open(envelope, peer, out, budget);
        return strangers.include(envelope, peer) ? new Asking(before, envelope, peer) : before;
    }

    private final class Asking extends Passing {

        private final Addressing envelope;
        private final Peer peer;

        private Asking(Inspection before, Addressing envelope, Peer peer) {
            super(before);
            this.envelope = envelope;
            this.peer = peer;
        }

        @Override
        public Assessment assess() {
            Assessment found = super.assess();
            if (found.refusal().isPresent() || !Collections.disjoint(found.vouched(), spare)) {
                return found;
            }
            Duration wait = ask();
            return wait.isZero() ? found : Assessment.refused(Reply.of(451, "4.7.1", "Greylisted: please come again in " + wait.toSeconds() + " seconds"));
        }

        private Duration ask() {
            try {
                return greylist.meet(network(peer.address()), envelope.mail().from().address(), envelope.to().stream().map(to -> to.address()).toList());
            } catch (BackendUnavailableException e) {
                LOG.warnf("not greylisted: %s", e.getMessage());
                return Duration.ZERO;
            }
        }
    }

    static String network(InetAddress address) {
        byte[] octets = address.getAddress();
        int kept = octets.length == 4 ? IPV4_OCTETS : IPV6_OCTETS;
        Arrays.fill(octets, kept, octets.length, (byte) 0);
        try {
            return InetAddress.getByAddress(octets).getHostAddress() + "/" + kept * Byte.SIZE;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("as many octets as before are an address", e);
        }
    }
}
