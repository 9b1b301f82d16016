package org.postel.imap.command;

import java.net.InetAddress;
import org.postel.imap.session.Account;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep;

/** Says who a client is. */
public interface Accounts {

    /** Who logged in, and the way to that mail. */
    record Entry(Account account, Mail mail) {
    }

    /** Never throws: a directory that does not answer is a failure with that reason. */
    SaslStep.Outcome<Entry> verify(PasswordCredentials credentials, InetAddress client);
}
