package org.postel.pop3.command;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.postel.pop3.command.LockedMaildrop.Content;

/**
 * The first octets of a message, fit for the client.
 *
 * @param octets to be sent
 * @param taken  how many octets of the message they stand for
 */
record MessageStart(byte[] octets, long taken) {

    /** So much of a header is looked at; a longer one goes out as it is, or not at all where it is not ASCII. */
    private static final int LONGEST_HEADER = 1 << 20;

    /**
     * Reads what is needed to know the header; for a client that takes UTF-8 nothing more than one piece.
     *
     * @return empty when nothing fit can be made of it (RFC 6856 §5)
     */
    static Optional<MessageStart> of(Content content, boolean utf8) throws BackendUnavailableException {
        byte[] first = content.next();
        if (utf8) {
            return Optional.of(new MessageStart(first, first.length));
        }
        int end = SurrogateHeader.end(first, first.length);
        byte[] octets = end >= 0 || first.length == 0 ? first : whole(first, content);
        end = SurrogateHeader.end(octets, octets.length);
        int header = end < 0 ? octets.length : end;
        if (!SurrogateHeader.needed(octets, header)) {
            return Optional.of(new MessageStart(octets, octets.length));
        }
        return end < 0 && octets.length > LONGEST_HEADER ? Optional.empty()
                : Optional.of(new MessageStart(SurrogateHeader.of(octets, header), octets.length));
    }

    private static byte[] whole(byte[] first, Content content) throws BackendUnavailableException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(2 * first.length);
        octets.writeBytes(first);
        byte[] next = first;
        while (next.length > 0 && octets.size() <= LONGEST_HEADER && SurrogateHeader.end(octets.toByteArray(), octets.size()) < 0) {
            next = content.next();
            octets.writeBytes(next);
        }
        return octets.toByteArray();
    }
}
