package org.postel.mailbox.search;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.postel.mail.mime.ContentSource;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.MimeLimits;
import org.postel.mail.mime.MimeScanner;
import org.postel.mail.mime.SearchableMessage;
import org.postel.mail.mime.TextSearch;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.store.MailboxReader;
import org.postel.mailbox.store.MessageHeaders;

/**
 * The octets of one message for a search: a small one is read once, of a large one each place when it is asked for.
 *
 * @param alive throws when nobody wants the answer any more; asked with each piece
 */
record MessageContent(MessageRow message, MailboxReader reader, Runnable alive) {

    private static final int SMALL = 1 << 20;

    /** Whether the answer is yes; a message whose content is gone meanwhile answers no. */
    boolean answers(SearchQuestion question) {
        try {
            MimeScanner scanner = new MimeScanner(MimeLimits.DEFAULT);
            ContentSource source = message.getSize() <= SMALL ? small(scanner) : large(scanner);
            return question.isYes(new SearchableMessage(scanner.finish().body(), source, MimeLimits.DEFAULT));
        } catch (StoreException e) {
            if (e.problem() == StoreException.Problem.NOT_FOUND) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a field of its header has a text in its value; reads no more than the header. */
    boolean hasInHeader(String field, TextSearch wanted) {
        return SearchableMessage.hasField(header(), field, wanted);
    }

    /** The outermost header, as far as a header is looked at; without fields when the content is gone. */
    HeaderSection header() {
        return new MessageHeaders(reader).read(message, alive);
    }

    private void read(long offset, long length, Consumer<byte[]> to) {
        reader.octets(message, offset, length, piece -> {
            alive.run();
            to.accept(piece.toByteArray());
        });
    }

    private ContentSource small(MimeScanner scanner) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream((int) message.getSize());
        read(0, Long.MAX_VALUE, octets::writeBytes);
        scanner.update(octets.toByteArray(), 0, octets.size());
        return ContentSource.of(octets.toByteArray());
    }

    private ContentSource large(MimeScanner scanner) {
        read(0, Long.MAX_VALUE, piece -> scanner.update(piece, 0, piece.length));
        return (offset, length) -> new StoredOctets(offset, length);
    }

    /** Reads a range in windows. */
    private final class StoredOctets extends InputStream {

        private static final int WINDOW = 256 * 1024;

        private long next;
        private final long end;
        private byte[] window = {};
        private int at;

        StoredOctets(long offset, long length) {
            this.next = offset;
            this.end = Math.min(message.getSize(), length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length);
        }

        @Override
        public int read() {
            return fill() ? window[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int some = Math.min(length, window.length - at);
            System.arraycopy(window, at, into, offset, some);
            at += some;
            return some;
        }

        private boolean fill() {
            if (at < window.length) {
                return true;
            }
            ByteArrayOutputStream octets = new ByteArrayOutputStream(WINDOW);
            MessageContent.this.read(next, Math.min(WINDOW, end - next), octets::writeBytes);
            window = octets.toByteArray();
            at = 0;
            next += window.length;
            return window.length > 0;
        }
    }
}
