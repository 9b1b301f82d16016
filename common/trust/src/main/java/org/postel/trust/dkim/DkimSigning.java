package org.postel.trust.dkim;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
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

    private final Form form;
    private final List<DkimKey> keys;
    private final Signatory signatory;
    private final List<Field> header;
    private final Instant now;
    private final BodyHash hash = new BodyHash(Canonicalization.RELAXED, OptionalLong.empty());

    /**
     * What the field is called and begins with.
     *
     * @param signed the names of the fields it is over
     */
    private record Form(String name, String firstTag, List<String> signed) {
    }

    private DkimSigning(Form form, List<DkimKey> keys, Signatory signatory, List<Field> header, Instant now) {
        this.form = form;
        this.keys = keys;
        this.signatory = signatory;
        this.header = List.copyOf(header);
        this.now = now;
    }

    static DkimSigning dkim(List<DkimKey> keys, Signatory signatory, List<Field> header, Instant now) {
        return new DkimSigning(new Form("DKIM-Signature", "v=1", SIGNED), keys, signatory, header, now);
    }

    /**
     * An ARC-Message-Signature instead: RFC 8617 §4.1.2. It is over the author's signatures too, and never over a seal.
     *
     * @param instance i=
     */
    public static DkimSigning arc(int instance, DkimKey key, Signatory signatory, List<Field> header, Instant now) {
        List<String> signed = Stream.concat(SIGNED.stream(), Stream.of("dkim-signature")).toList();
        return new DkimSigning(new Form("ARC-Message-Signature", "i=" + instance, signed), List.of(key), signatory, header, now);
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
        SignedHeader signed = new SignedHeader(header);
        List<Signatory.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            wanted.add(new Signatory.Wanted(keys.get(i), hash(signed, unsigned.get(i), names)));
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
        for (String name : form.signed()) {
            long there = header.stream().filter(field -> field.name().equals(name)).count();
            for (long i = OVERSIGNED.contains(name) ? -1 : 0; i < there; i++) {
                names.add(name);
            }
        }
        return names;
    }

    private String unsigned(DkimKey key, List<String> names, String bodyHash) {
        return form.name() + ": " + form.firstTag() + "; a=" + key.algorithm().tag() + "; c=relaxed/relaxed; t=" + now.getEpochSecond() + ";\r\n"
            + "\td=" + key.domain().canonical() + "; s=" + key.selector() + ";\r\n"
            + "\th=" + String.join(":\r\n\t ", names) + ";\r\n"
            + "\tbh=" + bodyHash + ";\r\n"
            + "\tb=";
    }

    private byte[] hash(SignedHeader signed, String unsigned, List<String> names) {
        return Signatory.hash(signed.octets(new Field(form.name().toLowerCase(Locale.ROOT), unsigned + "\r\n"), names, Canonicalization.RELAXED));
    }

    /** Base 64 on several lines. */
    public static String folded(String base64) {
        return base64.replaceAll("(.{" + LINE + "})(?=.)", "$1\r\n\t ");
    }
}
