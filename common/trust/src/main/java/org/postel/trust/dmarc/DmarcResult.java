package org.postel.trust.dmarc;

import java.util.Optional;

/**
 * The answer about one mail.
 *
 * @param verdict     the answer
 * @param author      the domain of its From, when there is just one
 * @param policy      what that domain publishes for such mail
 * @param disposition what it wants done with this mail: nothing, but after a failure and when it is not testing
 */
public record DmarcResult(DmarcVerdict verdict, Optional<String> author, Policy policy, Policy disposition) {

    static DmarcResult none(String author) {
        return new DmarcResult(DmarcVerdict.NONE, Optional.of(author), Policy.NONE, Policy.NONE);
    }
}
