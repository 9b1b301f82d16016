package org.postel.mailbox.store;

import java.util.function.Function;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.SummaryRow;

/**
 * What a reader of summaries is shown of previews (RFC 8970).
 *
 * @param wanted else there is none in what is shown
 * @param made   made where none is stored: messages of before, and such with a long header
 * @param make   makes one from a message's content
 */
record Previews(boolean wanted, boolean made, Function<MessageRow, String> make) {

    /** A preview is stored with the header's fields, and read with them. */
    SummaryParts with(boolean envelope, boolean body, boolean fields) {
        return new SummaryParts(envelope, body, fields || wanted);
    }

    /** A row with its preview, if it is wanted and there. */
    SummaryRow shown(MessageCache.Entry entry, SummaryRow row) {
        MessageSummary summary = entry.summary().orElseThrow();
        if (!wanted || !made && !summary.hasPreview()) {
            return row;
        }
        String preview = summary.hasPreview() ? summary.getPreview() : make.apply(entry.row());
        return row.toBuilder().setSummary(row.getSummary().toBuilder().setPreview(preview)).build();
    }
}
