package org.postel.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.postel.bench.load.SigningDomain;

/** Looks whether a message bears what the checks found, so that a server that made none has no figure. */
final class Judged {

    /** The field it is written in (RFC 8601 §2.2). */
    static final String FIELD = "Authentication-Results";

    private final List<String> wanted = new ArrayList<>(List.of("spf=pass smtp.mailfrom=" + SigningDomain.NAME));

    /** For mail that was signed with keys of these selectors. */
    Judged(List<String> selectors) {
        selectors.forEach(selector -> wanted.add("dkim=pass header.d=" + SigningDomain.NAME + " header.s=" + selector));
        wanted.add("dmarc=pass header.from=" + SigningDomain.NAME);
    }

    /**
     * Returns when every check passed.
     *
     * @param field as it stands in the header
     * @throws IOException naming the first that did not
     */
    void check(String field) throws IOException {
        String unfolded = field.replaceAll("\\s+", " ");
        for (String one : wanted) {
            if (!unfolded.contains(" " + one + " ") && !unfolded.contains(" " + one + ";") && !unfolded.endsWith(" " + one)) {
                throw new IOException("A message was delivered without " + one + ": " + unfolded);
            }
        }
    }
}
