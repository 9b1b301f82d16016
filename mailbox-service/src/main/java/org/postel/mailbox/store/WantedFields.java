package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.postel.mail.mime.HeaderSection;
import org.postel.mailbox.api.v1.MessageRow;

/**
 * The header fields of some names that a reader of summaries wants: as they were kept beside a message, else from its header.
 *
 * @param names in whatever case; none: nothing is wanted
 */
record WantedFields(List<String> names, MailboxReader reader) {

    /** Messages whose contents are read together. */
    static final int TOGETHER = 16;

    /** To be called with some messages, {@link #TOGETHER} at most, before {@link #of} is asked for each: what must be read is read at once. */
    void prepare(List<MessageCache.Entry> some) {
        List<MessageRow> untold = some.stream().filter(entry -> !names.isEmpty() && kept(entry).isEmpty()).map(MessageCache.Entry::row).toList();
        reader.fetchSmall(untold);
    }

    /** The whole fields, octet for octet; empty when none are wanted, or the header does not end where it is looked for. */
    Optional<ByteString> of(MessageCache.Entry entry) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return kept(entry).or(() -> {
            HeaderSection header = new MessageHeaders(reader).read(entry.row(), () -> {});
            return header.isWhole() ? Optional.of(StoredHeader.named(header, names)) : Optional.empty();
        });
    }

    private Optional<ByteString> kept(MessageCache.Entry entry) {
        return StoredHeader.of(entry.row(), entry.summary().orElseThrow()).flatMap(header -> header.named(names));
    }
}
