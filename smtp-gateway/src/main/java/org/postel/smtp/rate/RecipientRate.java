package org.postel.smtp.rate;

import java.util.Optional;
import org.postel.clients.ClientRates;
import org.postel.smtp.command.ClientRules;
import org.postel.smtp.command.Peer;
import org.postel.smtp.syntax.Reply;

/** How many recipients a stranger may name within a minute, at all gateways together (SAFETY row 19). */
public final class RecipientRate implements ClientRules {

    static final Reply TOO_MANY = Reply.of(451, "4.7.1", "Too many recipients from your network within a minute; try again later");

    private final ClientRates rates;

    /** @param rates counts what clients do here and elsewhere */
    public RecipientRate(ClientRates rates) {
        this.rates = rates;
    }

    @Override
    public Optional<Reply> refusal(Peer peer) {
        return rates.mayName(peer.address()) ? Optional.empty() : Optional.of(TOO_MANY);
    }
}
