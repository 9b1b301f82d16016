package org.postel.pop3.command;

import java.net.InetSocketAddress;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep;

/** Who may log in. */
public interface Accounts {

    /** Never throws for what a client sent; {@link SaslStep.Reason#UNAVAILABLE} when nobody can say. */
    SaslStep.Outcome<Account> verify(PasswordCredentials credentials, InetSocketAddress client);
}
