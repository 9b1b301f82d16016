package org.postel.pop3.command;

import java.net.InetAddress;
import java.util.List;
import org.postel.wire.sasl.Authority;
import org.postel.wire.sasl.SaslStep;

/** Who may log in. */
public interface Accounts {

    /**
     * For a client at an address. Never throws for what a client sent; {@link SaslStep.Reason#UNAVAILABLE} when nobody can say.
     */
    Authority<Account> forClient(InetAddress client);

    /** The SASL mechanisms that are taken. */
    List<String> mechanisms();
}
