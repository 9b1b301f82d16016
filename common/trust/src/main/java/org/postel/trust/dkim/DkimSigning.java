package org.postel.trust.dkim;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.postel.trust.message.Field;

/** A message being signed while its body passes by. */
public final class DkimSigning {

    // RFC 6376 §5.4.1: what a reader is shown, and what says how to read it.
    private static final List<String> SIGNED = List.of("from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to",
        "references", "mime-version", "content-type", "content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post");
    // Named once more than they stand there: one that is added breaks the signature (RFC 6376 §8.15; SAFETY row 27).
    private static final Set<String> OVERSIGNED = Set.of("from", "reply-to", "to", "cc", "subject", "date");
    // RFC 5322 §2.1.1: lines of 78 characters at most.
    private static final int LINE = 70;

    private final List<DkimKey> keys;
    private final Signatory signatory;
    private final List<Field> header;
    private final Instant now;
    private final BodyHash hash = new BodyHash(Canonicalization.RELAXED, OptionalLong.empty());

    DkimSigning(List<DkimKey> keys, Signatory signatory, List<Field> header, Instant now) {
        this.keys = keys;
        this.signatory = signatory;
        this.header = List.copyOf(header);
        this.now = now;
    }

    /** Takes the next octets of the body. */
    public void body(byte[] from, int offset, int length) {
        hash.accept(from, offset, length);
    }

    /**
     * Once there is no more of the body: the fields to put before the message, each ended by CRLF. To be asked once.
     *
     * @throws IOException when the signatory cannot sign now
     */
    public String fields() throws IOException {
        String bodyHash = Base64.getEncoder().encodeToString(hash.finish());
        List<String> names = names();
        List<String> unsigned = keys.stream().map(key -> unsigned(key, names, bodyHash)).toList();
        List<Signatory.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            wanted.add(new Signatory.Wanted(keys.get(i), hash(unsigned.get(i), names)));
        }
        List<byte[]> values = signatory.sign(wanted);
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            fields.append(unsigned.get(i)).append(folded(Base64.getEncoder().encodeToString(values.get(i)))).append("\r\n");
        }
        return fields.toString();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (String name : SIGNED) {
            long there = header.stream().filter(field -> field.name().equals(name)).count();
            for (long i = OVERSIGNED.contains(name) ? -1 : 0; i < there; i++) {
                names.add(name);
            }
        }
        return names;
    }

    private String unsigned(DkimKey key, List<String> names, String bodyHash) {
        return "DKIM-Signature: v=1; a=" + key.algorithm().tag() + "; c=relaxed/relaxed; t=" + now.getEpochSecond() + ";\r\n"
            + "\td=" + key.domain().canonical() + "; s=" + key.selector() + ";\r\n"
            + "\th=" + String.join(":\r\n\t ", names) + ";\r\n"
            + "\tbh=" + bodyHash + ";\r\n"
            + "\tb=";
    }

    private byte[] hash(String unsigned, List<String> names) {
        return BodyHash.sha256().digest(
            SignedHeader.octets(header, new Field("dkim-signature", unsigned + "\r\n"), names, Canonicalization.RELAXED));
    }

    private static String folded(String base64) {
        return base64.replaceAll("(.{" + LINE + "})(?=.)", "$1\r\n\t ");
    }
}
