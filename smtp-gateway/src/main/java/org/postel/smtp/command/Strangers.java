package org.postel.smtp.command;

import java.util.List;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.wire.Network;

/**
 * Who is a stranger: not who logged in, a mail server of ours that speaks LMTP, or this machine.
 *
 * @param spared   networks that are none either
 * @param loopback whether this machine is one: only a test wants that
 */
public record Strangers(List<Network> spared, boolean loopback) {

    public Strangers {
        spared = List.copyOf(spared);
    }

    /** Whether a client that sends so is one. */
    public boolean include(Addressing envelope, Peer peer) {
        return envelope.login() instanceof Login.Anonymous && !envelope.client().lmtp()
            && (loopback || !peer.address().isLoopbackAddress())
            && spared.stream().noneMatch(network -> network.contains(peer.address()));
    }
}
