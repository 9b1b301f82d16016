package org.postel.mailbox.admin;

import java.util.List;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.LocalDomain;

/** Which domains a listing is about. */
final class Domains {

    private Domains() {}

    static List<String> asked(Administration administration, String domain) {
        return domain == null || domain.isEmpty()
                ? administration.domains().stream().map(LocalDomain::name).toList()
                : List.of(domain);
    }
}
