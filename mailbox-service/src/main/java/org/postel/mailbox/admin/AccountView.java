package org.postel.mailbox.admin;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.Forwarding;
import org.postel.mailbox.identity.SessionProtocol;

/**
 * An account as JSON.
 *
 * @param status    {@code active}; {@code disabled}: it takes mail, and nobody logs in; or {@code deleted}, until it is restored or removed
 * @param aliases   addresses that lead to it
 * @param protocols whether it may use each
 * @param forwarding where its mail goes on to; null: nowhere
 * @param vacation   what who writes to it hears while that is switched on; null: there is none
 * @param sending    how much it may send, where that is not as configured
 */
public record AccountView(String id, String address, String status, List<String> aliases, SortedMap<String, Boolean> protocols,
        Forwarding forwarding, VacationView vacation, SendingView sending) {

    static AccountView of(Account account) {
        SortedMap<String, Boolean> protocols = new TreeMap<>();
        for (SessionProtocol protocol : SessionProtocol.values()) {
            protocols.put(protocol.claim(), account.protocols().contains(protocol));
        }
        return new AccountView(account.id().toString(), account.address(), account.status().name().toLowerCase(Locale.ROOT),
                account.aliases().stream().sorted().toList(), protocols, account.settings().forwarding().orElse(null),
                account.settings().vacation().map(VacationView::of).orElse(null), SendingView.of(account.settings().sending()));
    }

    /** Names this state of it: RFC 9110 §8.8.3. */
    String tag() {
        return EntityTags.of(toString());
    }
}
