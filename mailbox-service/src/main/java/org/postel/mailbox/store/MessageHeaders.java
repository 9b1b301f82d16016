package org.postel.mailbox.store;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.MimeLimits;
import org.postel.mailbox.api.v1.MessageRow;

/** Reads the outermost headers of messages, and no more of these than that. */
public record MessageHeaders(MailboxReader reader) {

    /** Octets of a header that are read at first: most end within. */
    private static final int FIRST = 16 << 10;

    /**
     * A header as far as it is looked at ({@link MimeLimits#sectionOctets}); without fields when the content is gone.
     *
     * @param alive throws when nobody wants the answer any more; asked with each piece
     */
    public HeaderSection read(MessageRow message, Runnable alive) {
        int most = MimeLimits.DEFAULT.sectionOctets();
        int length = FIRST;
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (true) {
            read(message, octets.size(), length - octets.size(), alive, octets::writeBytes);
            HeaderSection section = new HeaderSection(octets.toByteArray());
            if (octets.size() < length || length >= most || section.isWhole()) {
                return section;
            }
            length = Math.min(most, 4 * length);
        }
    }

    private void read(MessageRow message, long offset, long length, Runnable alive, Consumer<byte[]> to) {
        reader.octets(message, offset, length, piece -> {
            alive.run();
            to.accept(piece.toByteArray());
        });
    }
}
