package org.postel.trust.arc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.postel.trust.dkim.DkimKey;
import org.postel.trust.dkim.DkimSigning;
import org.postel.trust.dkim.Signatory;
import org.postel.trust.message.Field;

/** A message that gets one more link while its body passes by: RFC 8617 §5.1. */
public final class ArcSealing {

    private static final String RESULTS = "Authentication-Results:";

    private final ArcChain before;
    private final ArcVerdict verdict;
    private final String results;
    private final DkimKey key;
    private final Signatory signatory;
    private final Instant now;
    private final DkimSigning message;

    private ArcSealing(ArcChain before, ArcVerdict verdict, String results, DkimKey key, Signatory signatory, List<Field> header, Instant now) {
        this.before = before;
        this.verdict = verdict;
        this.results = results;
        this.key = key;
        this.signatory = signatory;
        this.now = now;
        this.message = DkimSigning.arc(instance(), key, signatory, header, now);
    }

    /**
     * Begins with the header as it will be sent.
     *
     * @param verdict what was found of the chain that the header has
     * @param results the Authentication-Results with all that was found, ended by CRLF
     * @param key     RSA: others are hardly known for ARC
     * @return empty when the chain must not go on: it failed or is full (RFC 8617 §4.2.1 and §5.1), or is not the one that was found
     */
    public static Optional<ArcSealing> open(List<Field> header, ArcVerdict verdict, String results, DkimKey key, Signatory signatory, Instant now) {
        try {
            ArcChain before = ArcChain.of(header);
            boolean fits = verdict == (before.sets().isEmpty() ? ArcVerdict.NONE : ArcVerdict.PASS);
            return fits && before.sets().size() < ArcChain.MOST && results.startsWith(RESULTS)
                ? Optional.of(new ArcSealing(before, verdict, results, key, signatory, header, now)) : Optional.empty();
        } catch (ArcChain.BrokenException e) {
            return Optional.empty();
        }
    }

    /** Takes the next octets of the body. */
    public void body(byte[] from, int offset, int length) {
        message.body(from, offset, length);
    }

    /**
     * Once there is no more of the body: the three fields to put before the message, each ended by CRLF. To be asked once.
     *
     * @throws IOException when the signatory cannot sign now
     */
    public String fields() throws IOException {
        String found = "ARC-Authentication-Results: i=" + instance() + ";" + results.substring(RESULTS.length());
        String signature = message.fields();
        String unsigned = "ARC-Seal: i=" + instance() + "; a=" + key.algorithm().tag() + "; cv=" + verdict + "; t=" + now.getEpochSecond() + ";\r\n"
            + "\td=" + key.domain().canonical() + "; s=" + key.selector() + ";\r\n\tb=";
        byte[] sealed = before.sealedNext(field(found), field(signature), field(unsigned + "\r\n"));
        byte[] value = signatory.sign(List.of(new Signatory.Wanted(key, Signatory.hash(sealed)))).getFirst();
        return unsigned + DkimSigning.folded(Base64.getEncoder().encodeToString(value)) + "\r\n" + signature + found;
    }

    private int instance() {
        return before.sets().size() + 1;
    }

    private static Field field(String text) {
        return Field.list(text.getBytes(StandardCharsets.ISO_8859_1)).getFirst();
    }
}
