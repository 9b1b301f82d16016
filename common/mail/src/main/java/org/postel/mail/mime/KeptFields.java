package org.postel.mail.mime;

import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The header fields of a message that clients ask for in lists and searches, and the short ones of the others, as they stand, and what
 * there is beside them. What is neither is not in the header: so the two answer for every field there could be, but for those that were
 * left out.
 *
 * @param octets  whole fields with their line ends, in the order of the header
 * @param omitted names of the fields that were left out, in lower case, sorted; the empty name for lines that are no field
 */
public record KeptFields(Octets octets, List<String> omitted) {

    /** Octets of one field that lists show, and of all of them together. */
    private static final int LONGEST = 4096;
    private static final int MOST = 8192;
    /** Of one of the others, and of all of those: every page of a list reads them along. */
    private static final int LONGEST_OTHER = 256;
    private static final int MOST_OTHERS = 1024;
    /** Names of other fields; a header with more of them is not described. */
    private static final int MOST_OMITTED = 100;
    private static final int LONGEST_NAME = 76;

    /** What mail programs ask for when they list mail, and what is searched by (RFC 5322 §3.6, RFC 2919, RFC 2369). */
    private static final Set<String> ASKED_FOR = Set.of("date", "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "message-id",
            "in-reply-to", "references", "newsgroups", "comments", "keywords", "content-type", "content-transfer-encoding",
            "content-language", "mime-version", "importance", "priority", "x-priority", "x-msmail-priority", "sensitivity", "precedence",
            "auto-submitted", "list-id", "list-post", "list-help", "list-archive", "list-subscribe", "list-unsubscribe",
            "list-unsubscribe-post", "disposition-notification-to", "return-receipt-to", "return-path", "delivered-to",
            "x-original-to", "x-mailer", "user-agent", "organization", "x-label", "x-spam-flag", "x-spam-status", "x-spam-score",
            "x-spam-level", "chat-version", "x-mozilla-draft-info", "x-uniform-type-identifier", "x-universally-unique-identifier");

    /** Written by servers for servers, long and in each mail: hardly ever searched. */
    private static final Set<String> TRACE = Set.of("received", "x-received", "received-spf", "authentication-results", "dkim-signature",
            "domainkey-signature", "x-google-dkim-signature", "arc-seal", "arc-message-signature", "arc-authentication-results");

    public KeptFields {
        omitted = List.copyOf(omitted);
    }

    /** The envelope that the scanner would make of the whole header; empty when a field of it was left out. */
    public Optional<MessageEnvelope> envelope() {
        return Collections.disjoint(omitted, HeaderReader.ENVELOPE)
                ? Optional.of(new HeaderReader(new HeaderSection(octets.toBytes()), MimeLimits.DEFAULT).envelope()) : Optional.empty();
    }

    /** Empty when the header has too many names to be described, one that is too long, or begins with a folded line. */
    static Optional<KeptFields> of(HeaderSection section) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        Set<String> omitted = new TreeSet<>();
        int others = 0;
        for (RawField field : section) {
            if (RawField.isBlank(field.section()[field.start()])) {
                return Optional.empty();
            }
            String name = field.name().toLowerCase(Locale.ROOT);
            int size = field.end() - field.start();
            if (ASKED_FOR.contains(name) && size <= LONGEST && kept.size() - others + size <= MOST) {
                kept.write(field.section(), field.start(), size);
            } else if (isOther(name) && size <= LONGEST_OTHER && others + size <= MOST_OTHERS) {
                kept.write(field.section(), field.start(), size);
                others += size;
            } else if (name.length() > LONGEST_NAME || omitted.add(name) && omitted.size() > MOST_OMITTED) {
                return Optional.empty();
            }
        }
        return Optional.of(new KeptFields(Octets.of(kept.toByteArray()), List.copyOf(omitted)));
    }

    private static boolean isOther(String name) {
        return !name.isEmpty() && !ASKED_FOR.contains(name) && !TRACE.contains(name);
    }
}
