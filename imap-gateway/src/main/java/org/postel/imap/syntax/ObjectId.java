package org.postel.imap.syntax;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code objectid = 1*255(ALPHA / DIGIT / "_" / "-")} (RFC 8474 §7), made of the 16 octets that name a thing in the store. A letter in
 * front says of which kind it is, for ids of different kinds shall differ.
 */
public final class ObjectId {

    private static final int OCTETS = 16;
    private static final HexFormat HEX = HexFormat.of();

    private ObjectId() {
    }

    /** {@code MAILBOXID}: stays with the mailbox when it is renamed. */
    public static String ofMailbox(ByteString id) {
        return "F" + HEX.formatHex(id.toByteArray());
    }

    /** {@code EMAILID}: copies share it. */
    public static String ofMessage(ByteString id) {
        return "M" + HEX.formatHex(id.toByteArray());
    }

    /** The message that an {@code EMAILID} names; empty when it is none of ours. */
    static Optional<ByteString> message(String objectId) {
        // RFC 8474 §7: ids are compared octet by octet, and ours have no capitals but the first.
        if (objectId.length() != 1 + 2 * OCTETS || objectId.charAt(0) != 'M' || !objectId.substring(1).equals(objectId.substring(1).toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        try {
            return Optional.of(ByteString.copyFrom(HEX.parseHex(objectId, 1, objectId.length())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
