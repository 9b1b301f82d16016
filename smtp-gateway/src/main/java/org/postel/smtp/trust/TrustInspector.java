package org.postel.smtp.trust;

import java.util.Optional;
import org.postel.smtp.command.ContentBudget;
import org.postel.smtp.command.Inspection;
import org.postel.smtp.command.Inspector;
import org.postel.smtp.command.Peer;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.ContentSink;
import org.postel.trust.ForgedResults;
import org.postel.trust.Judge;
import org.postel.trust.Sender;

/** Judges mail that comes without a login; what claims to be our judgement is taken out of all mail. */
public final class TrustInspector implements Inspector {

    private final Judge judge;
    private final ForgedResults forged;
    private final DmarcHandling handling;
    private final boolean loopback;
    private final int headerLimit;

    /**
     * @param loopback    whether mail from this machine is judged too: no domain vouches for its address
     * @param headerLimit most octets of a header; a longer one is refused elsewhere
     */
    public TrustInspector(Judge judge, ForgedResults forged, DmarcHandling handling, boolean loopback, int headerLimit) {
        this.judge = judge;
        this.forged = forged;
        this.handling = handling;
        this.loopback = loopback;
        this.headerLimit = headerLimit;
    }

    @Override
    public Inspection open(Addressing envelope, Peer peer, ContentSink out, ContentBudget budget) {
        Sender sender = new Sender(peer.address(), envelope.client().name().text(), envelope.mail().from());
        // A mail server of ours saw the stranger; it is none, and no domain vouches for its address.
        boolean stranger = !envelope.client().lmtp() && isStranger(envelope.login(), peer);
        return new TrustInspection(header -> stranger ? Optional.of(judge.open(sender, header)) : Optional.empty(), forged, handling,
            new HeldHeader(budget, headerLimit), out);
    }

    // Who logged in sends as itself, which was checked; but may still lie about what we found.
    private boolean isStranger(Login login, Peer peer) {
        return switch (login) {
            case Login.Authenticated ignored -> false;
            case Login.Anonymous ignored -> loopback || !peer.address().isLoopbackAddress();
        };
    }
}
