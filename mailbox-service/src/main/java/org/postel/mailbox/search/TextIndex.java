package org.postel.mailbox.search;

import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/**
 * Where an index of the texts of messages answers, once there is one. It need not be exact: what it names is looked through, so
 * it must leave out only what cannot match.
 */
@FunctionalInterface
public interface TextIndex {

    /** No index: every message may have every text. */
    TextIndex NONE = (mailbox, text, messages) -> messages;

    /** Those of some messages of a mailbox that may have a text in their octets once these are decoded; the set stays as it is. */
    RoaringBitmap mayHave(UUID mailbox, String text, RoaringBitmap messages);
}
