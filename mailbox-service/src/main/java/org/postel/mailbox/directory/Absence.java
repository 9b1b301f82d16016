package org.postel.mailbox.directory;

import java.util.List;

/**
 * A vacation that is answered with now.
 *
 * @param addresses of the account, its own first: mail that names none of them is answered by nobody
 */
public record Absence(Vacation vacation, List<String> addresses) {

    public Absence {
        addresses = List.copyOf(addresses);
    }
}
