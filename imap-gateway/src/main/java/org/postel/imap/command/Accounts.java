package org.postel.imap.command;

import java.net.InetAddress;
import java.util.List;
import org.postel.imap.session.Account;
import org.postel.wire.sasl.Authority;

/** Says who a client is. */
public interface Accounts {

    /** Who logged in, and the way to that mail. */
    record Entry(Account account, Mail mail) {
    }

    /** For a client at an address. Never throws: a directory that does not answer is a failure with that reason. */
    Authority<Entry> forClient(InetAddress client);

    /** The SASL mechanisms that are taken. */
    List<String> mechanisms();
}
