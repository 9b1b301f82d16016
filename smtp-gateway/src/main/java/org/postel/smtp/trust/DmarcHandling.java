package org.postel.smtp.trust;

import java.util.Optional;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.syntax.Reply;
import org.postel.trust.dmarc.DmarcResult;
import org.postel.trust.dmarc.Policy;

/** What follows when an author's domain disowns a mail: RFC 9989 §5.4. */
public enum DmarcHandling {
    /** DMARC is not looked at. */
    NONE,
    /** The result is told in Authentication-Results. */
    MARK,
    /** Also, what the domain wants quarantined or rejected goes to the mailbox for junk. */
    QUARANTINE,
    /** Also, what the domain wants rejected is refused. */
    REJECT;

    static final Reply NO_AUTHOR = Reply.of(550, "5.7.1", "Message does not have one From field with addresses of one domain");

    Assessment assess(String field, Optional<DmarcResult> dmarc) {
        Policy wanted = dmarc.map(DmarcResult::disposition).orElse(Policy.NONE);
        if (this == REJECT && wanted == Policy.REJECT) {
            // RFC 9989 §7.3: the word DMARC helps whoever looks for the reason.
            return Assessment.refused(dmarc.get().author()
                .map(domain -> Reply.of(550, "5.7.1", "Refused by the DMARC policy of " + domain)).orElse(NO_AUTHOR));
        }
        return new Assessment(Optional.empty(), field, compareTo(QUARANTINE) >= 0 && wanted != Policy.NONE);
    }
}
