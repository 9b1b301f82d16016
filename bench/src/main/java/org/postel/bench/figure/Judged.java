package org.postel.bench.figure;

import java.io.IOException;
import java.util.List;

import org.postel.bench.load.SigningDomain;

/** Looks whether a message bears what the checks found, so that a server that made none has no figure. */
final class Judged {

    /** The field it is written in (RFC 8601 §2.2). */
    static final String FIELD = "Authentication-Results";

    private static final List<String> WANTED = List.of("spf=pass smtp.mailfrom=" + SigningDomain.NAME,
            "dkim=pass header.d=" + SigningDomain.NAME, "dmarc=pass header.from=" + SigningDomain.NAME);

    private Judged() {
    }

    /**
     * Returns when every check passed.
     *
     * @param field as it stands in the header
     * @throws IOException naming the first that did not
     */
    static void check(String field) throws IOException {
        String unfolded = field.replaceAll("\\s+", " ");
        for (String one : WANTED) {
            if (!unfolded.contains(" " + one + " ") && !unfolded.contains(" " + one + ";") && !unfolded.endsWith(" " + one)) {
                throw new IOException("A message was delivered without " + one + ": " + unfolded);
            }
        }
    }
}
