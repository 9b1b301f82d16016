package org.postel.mailbox.search;

import java.util.Comparator;
import org.postel.mailbox.api.v1.SearchKey;

/** How dear a key is for each message, in order. */
enum Cost {
    /** The state in memory tells. */
    STATE,
    /** One row of many in a read. */
    SUMMARY,
    /** The same, or where the row does not tell, the header must be read. */
    HEADER,
    /** All octets must be read. */
    CONTENT;

    static final Comparator<SearchKey> CHEAPEST_FIRST = Comparator.comparing(Cost::of);

    static Cost of(SearchKey key) {
        return switch (key.getKeyCase()) {
            case AND -> key.getAnd().getKeyList().stream().map(Cost::of).max(Comparator.naturalOrder()).orElse(STATE);
            case OR -> key.getOr().getKeyList().stream().map(Cost::of).max(Comparator.naturalOrder()).orElse(STATE);
            case NOT -> of(key.getNot());
            case UIDS, FLAG, LARGER, SMALLER, MODSEQ, ARRIVED, ALL, KEY_NOT_SET -> STATE;
            case INTERNAL_DAY, SAVED_DAY, SENT_DAY, EMAIL_ID -> SUMMARY;
            case HEADER -> HeaderKey.inEnvelope(key.getHeader().getField()) ? SUMMARY : HEADER;
            case BODY, TEXT -> CONTENT;
        };
    }
}
